"""Who may come in here: the desk."""

from secretariat.foundation.audit.admission import DESK, DESK_RUN, Entry

ADDRESSES = {
    "desk_imports:imports": Entry("imports", DESK),
    "desk_imports:new": Entry("a new import", DESK_RUN, post=422),
    "desk_imports:import": Entry("an import, row by row", DESK),
    "desk_imports:match": Entry("the columns of an import", DESK_RUN, post=200),
    "desk_imports:act": Entry("an import, brought in or undone", DESK_RUN, get=None, post=302),
}
FILES = {"imports.Import.file": DESK}
EXPORTS = {"imports.imports": "desk_imports:imports", "imports.rows": "desk_imports:import"}
