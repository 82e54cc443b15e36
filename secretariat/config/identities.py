"""Identities kept elsewhere, as the library that signs in with them wants it said."""

from typing import Any

SUBJECT_ID = "urn:oasis:names:tc:SAML:attribute:subject-id"
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"


def saml(
    *, entity: str, metadata: str, name: str, uid: str = SUBJECT_ID, email: str = MAIL
) -> dict[str, Any]:
    """Return a SAML provider: its assertions are signed, and answer what was asked here."""
    return {
        "VERIFIED_EMAIL": True,
        "APPS": [
            {
                "provider_id": entity,
                "client_id": "saml",
                "name": name,
                "settings": {
                    "idp": {"entity_id": entity, "metadata_url": metadata},
                    "attribute_mapping": {"uid": uid, "email": email},
                    "advanced": {"want_assertion_signed": True, "reject_idp_initiated_sso": True},
                },
            }
        ],
    }
