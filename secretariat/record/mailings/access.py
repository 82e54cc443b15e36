"""Who may come in here: the desk; and whoever got a mail, to the link that ends such mail."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, EVERYBODY, Entry

ADDRESSES = {
    "mailings:stop": Entry("no more news, by the link in a mail", EVERYBODY, post=200),
    "desk_mailings:mailings": Entry("mailings", DESK),
    "desk_mailings:begin": Entry("a mailing to what a list shows, begun", DESK_RUN, get=None, post=302),
    "desk_mailings:mailing": Entry("a mailing", DESK),
    "desk_mailings:write": Entry("its words", DESK_RUN, post=422),
    "desk_mailings:preview": Entry("what a reader gets", DESK),
    "desk_mailings:preview_mail": Entry("the mail a reader gets", DESK),
    "desk_mailings:copies": Entry("its copies", DESK),
    "desk_mailings:copy": Entry("a copy, word for word", DESK),
    "desk_mailings:mail": Entry("the mail of a copy", DESK),
    "desk_mailings:act": Entry("a mailing put up, approved, started, stopped", DESK_RUN, get=None, post=302),
}
EXPORTS = {"mailings.copies": "desk_mailings:copies"}
