"""Who may come in here: everybody to the descriptions; what an operation needs, they say."""

from secretariat.foundation.audit.admission import EVERYBODY, Entry

ADDRESSES = {
    "api:openapi": Entry("the description of the API, for programs", EVERYBODY),
    "api:docs": Entry("the API in words", EVERYBODY),
}
