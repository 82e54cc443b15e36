from django.utils.translation import gettext_lazy as _

# What the acts of this app are called in a timeline.
VERBS = {
    "procedure_laid_down": _("Rules of procedure laid down"),
    "ballot_declared": _("Ballot declared"),
    "ballot_opened": _("Ballot opened"),
    "vote_cast": _("Vote cast"),
    "vote_entered": _("Vote entered by a teller"),
    "hands_counted": _("Hands counted"),
    "ballot_extended": _("Ballot extended"),
    "ballot_closed": _("Ballot closed"),
    "ballot_cancelled": _("Ballot cancelled"),
}
