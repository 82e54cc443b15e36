"""Who may come in here: everybody, to what is public."""

from secretariat.foundation.audit.admission import EVERYBODY, Entry

ADDRESSES = {
    "site:front": Entry("the front page", EVERYBODY),
    "site:calls": Entry("calls", EVERYBODY),
    "site:call": Entry("a call", EVERYBODY),
    "site:selections": Entry("selections", EVERYBODY),
    "site:selection": Entry("a selection", EVERYBODY),
    "site:bundle": Entry("a selection to recount, once it is complete", EVERYBODY),
    "site:entry": Entry("an entry on a list", EVERYBODY),
    "site:honours": Entry("honours", EVERYBODY),
    "site:book": Entry("a book that is set", EVERYBODY),
    "site:members": Entry("members", EVERYBODY),
    "site:member": Entry("a member", EVERYBODY),
    "site:join": Entry("how to become a member", EVERYBODY),
    "site:certificate": Entry("a certificate of membership, verified", EVERYBODY),
    "site:places": Entry("places", EVERYBODY),
    "site:place": Entry("a place", EVERYBODY),
    "site:topics": Entry("fields", EVERYBODY),
    "site:topic": Entry("a field", EVERYBODY),
    "site:edition": Entry("an edition", EVERYBODY),
    "site:archive": Entry("past editions", EVERYBODY),
    "site:search": Entry("the search in what is public", EVERYBODY),
    "site:privacy": Entry("what is kept of people, and why", EVERYBODY),
    "site:log": Entry("the sealed log", EVERYBODY),
    "site:log_head": Entry("its newest head", EVERYBODY),
    "site:log_key": Entry("the key that signs it", EVERYBODY),
    "site:feed": Entry("news for programs", EVERYBODY),
    "site:sitemap": Entry("the map for search engines", EVERYBODY),
    "site:robots": Entry("what search engines may read", EVERYBODY),
    "site:security": Entry("whom to tell of a weakness, where somebody was named", EVERYBODY, get=404),
    "site:health": Entry("whether the process answers", EVERYBODY),
    "site:language": Entry("another language", EVERYBODY, get=302),
    "site:enter": Entry("signing in by a link, in a demo", EVERYBODY, get=404),
    "site:sign_out": Entry("signing out", EVERYBODY, get=None, post=302),
}
READERS = {"site.books": EVERYBODY}
