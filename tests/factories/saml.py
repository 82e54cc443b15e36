"""An identity provider of SAML in the tests' own process: it answers what a page asked, and signs what it is told."""

import base64
import zlib
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.constants import OneLogin_Saml2_Constants as Words
from onelogin.saml2.utils import OneLogin_Saml2_Utils as Tools

ENTITY, SIGN_ON = "https://idp.example.org/metadata", "https://idp.example.org/sign-on"
UID, EMAIL = "urn:oasis:names:tc:SAML:attribute:subject-id", "urn:oid:0.9.2342.19200300.100.1.3"
ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="{id}" Version="2.0"
IssueInstant="{now}"><saml:Issuer>{issuer}</saml:Issuer><saml:Subject>
<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:transient">{id}-name</saml:NameID>
<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData
NotOnOrAfter="{until}" Recipient="{recipient}"{answering}/></saml:SubjectConfirmation></saml:Subject>
<saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}"><saml:AudienceRestriction>
<saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
<saml:AuthnStatement AuthnInstant="{now}" SessionIndex="{id}"><saml:AuthnContext><saml:AuthnContextClassRef>
urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement>
<saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"""
ATTRIBUTE = """<saml:Attribute Name="{name}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">
<saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>"""
RESPONSE = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_response" Version="2.0"
IssueInstant="{now}" Destination="{recipient}"{answering}><saml:Issuer
xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}</saml:Issuer><samlp:Status><samlp:StatusCode
Value="{status}"/></samlp:Status>{assertion}</samlp:Response>"""
SIGN_OUT = """<samlp:LogoutRequest xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="_out" Version="2.0"
IssueInstant="{now}" Destination="{address}"><saml:Issuer
xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">{issuer}</saml:Issuer>
<saml:NameID xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">x</saml:NameID></samlp:LogoutRequest>"""
METADATA = """<md:EntityDescriptor xmlns:md="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{entity}">
<md:IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><md:KeyDescriptor use="signing">
<ds:KeyInfo xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:X509Data><ds:X509Certificate>{certificate}
</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor><md:SingleSignOnService
Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" Location="{sign_on}"/></md:IDPSSODescriptor>
</md:EntityDescriptor>"""


def make_key():
    """A key and a certificate of its own for it, both as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example.org")])
    begun = datetime(2020, 1, 1, tzinfo=UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(7).not_valid_before(begun).not_valid_after(begun + timedelta(days=36500))
    kind, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(kind, form, serialization.NoEncryption()).decode()
    return secret, made.sign(key, hashes.SHA256()).public_bytes(kind).decode()


def asked_in(location):
    """The number of the request that a page sent a browser away with, and what else it asks."""
    said = parse_qs(urlsplit(location).query)
    request = etree.fromstring(zlib.decompress(base64.b64decode(said["SAMLRequest"][0]), -15))
    issuer = request.findtext("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
    return request.get("ID"), {"recipient": request.get("AssertionConsumerServiceURL"), "audience": issuer}


class Provider:
    """What it would say by default; ``answer`` takes what is to be otherwise."""

    def __init__(self):
        self.secret, self.certificate = make_key()

    def metadata(self):
        bare = "".join(self.certificate.splitlines()[1:-1])
        return METADATA.format(entity=ENTITY, certificate=bare, sign_on=SIGN_ON)

    def answer(
        self, location, *, key=None, signs="assertion", after=timedelta(), attributes=None, **otherwise
    ):
        """The response to the request in a location, as the browser posts it, about ``attributes``.

        ``key`` makes another key than the provider's.
        ``signs`` is what carries the signature: the assertion, the response, or nothing. ``after`` moves its time.
        """
        asked, told = asked_in(location)
        now = datetime.now(UTC) + after
        moments = {"now": now, "since": now - timedelta(minutes=1), "until": now + timedelta(minutes=3)}
        told |= {name: f"{moment:%Y-%m-%dT%H:%M:%SZ}" for name, moment in moments.items()}
        told |= {
            "issuer": ENTITY,
            "id": "_assertion",
            "status": Words.STATUS_SUCCESS,
            "asked": asked,
            **otherwise,
        }
        told["answering"] = f' InResponseTo="{told["asked"]}"' if told["asked"] else ""
        values = {UID: "person-1", EMAIL: "ada@example.org", **(attributes or {})}
        told["attributes"] = "".join(
            ATTRIBUTE.format(name=name, value=value) for name, value in values.items() if value is not None
        )
        secret, certificate = key() if key else (self.secret, self.certificate)
        assertion = ASSERTION.format(**told)
        if signs == "assertion":
            assertion = _signed(assertion, secret, certificate)
        response = RESPONSE.format(**told, assertion=assertion)
        if signs == "response":
            response = _signed(response, secret, certificate)
        return base64.b64encode(response.encode()).decode()


def sign_out_asked(address):
    """A request to sign somebody out at an address, as it stands in a link; nothing signs it."""
    text = SIGN_OUT.format(now=f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", address=address, issuer=ENTITY)
    squeezed = zlib.compressobj(wbits=-15)
    return base64.b64encode(squeezed.compress(text.encode()) + squeezed.flush()).decode()


def _signed(text, secret, certificate):
    signed = Tools.add_sign(
        text, secret, certificate, sign_algorithm=Words.RSA_SHA256, digest_algorithm=Words.SHA256
    )
    return (
        (signed.decode() if isinstance(signed, bytes) else signed)
        .removeprefix('<?xml version="1.0"?>')
        .strip()
    )
