"""The table of rights in Vietnamese: for the page `/he-thong/quyen/` and for docs/rights.md."""

from dataclasses import dataclass
from functools import cache

from django.apps import apps

from config.rights.table import PERSONAL
from units.states import Role

WHOLE = {
    "staff": "mọi người của Sở",
    "any": "mọi người đang có vai trò",
    "everyone": "mọi người đăng nhập",
    "public": "bất kỳ ai, không cần đăng nhập",
}
NAMED = {
    "self": "chính người đó",
    "author": "người soạn, người lập",
    "signer": "người được giao ký văn bản ấy",
    "giver": "người ủy quyền",
    "taker": "người được ủy quyền",
}
WHERE = {
    "unit": " của chính đơn vị đó",
    "division": " của phòng soạn thảo",
    "own": " (bằng vai trò của chính mình, không phải vai trò được ủy quyền)",
}
CONDITIONS = {  # states of rows that have no status of their own
    "filed": "đã có tệp",
    "scanned": "đã có bản quét",
    "inside": "thuộc Sở",
    "outside": "ngoài Sở",
    "app": "trên trang",
    "email": "bằng thư",
}
PARTS = {"plans.PlanItem": "plans.Plan"}  # in the state of its whole
INSTEAD = {403: "bị từ chối", 404: "như không có"}
SEEN_ELSE = "bị từ chối, hoặc như không có"
ALIKE = "như mở xem"


@cache
def states_of(model):
    """What each state of a model is called."""
    fields = {field.name: field for field in apps.get_model(PARTS.get(model, model))._meta.fields}
    return dict(fields["status"].choices) if "status" in fields else {}


def state_word(thing, state):
    """A state in words. Raises KeyError for one that nobody named."""
    known = states_of(thing.model) if thing else {}
    words = known.get(state) or CONDITIONS.get(state) or f"mời làm {Role(state).label}"
    return words[0].lower() + words[1:]


def _states(thing, states):
    """In the order in which the model has them."""
    order = list(states_of(thing.model)) if thing else []
    return ", ".join(
        state_word(thing, state)
        for state in sorted(states, key=lambda s: (s not in order, order.index(s) if s in order else 0, s))
    )


def _roles(said):
    names = [WHOLE.get(word) or Role(word).label for word in said.split(",")]
    return " hoặc ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def who(holder, thing):
    """One way of having the right, in words."""
    said = holder.said.partition("[")[0].partition("@")[0]
    words = NAMED[holder.relation] if holder.relation in PERSONAL else _roles(said) + WHERE.get(holder.relation, "")
    return words + (f" (khi {_states(thing, holder.states)})" if holder.states else "")


def all_who(holders, thing):
    """Everybody who has it, the first letter large; "—" for nobody."""
    words = "; ".join(who(holder, thing) for holder in holders or ())
    return words[:1].upper() + words[1:] or "—"


def when(line):
    return _states(line.object, line.when)


def otherwise(line):
    """What everybody else is answered."""
    if line.is_public():
        return ""
    if all(holder.said == "everyone" for holder in (*(line.get or ()), *(line.post or ()))):
        return "phải đăng nhập"
    if line.instead:
        return INSTEAD[line.instead]
    return SEEN_ELSE if line.object else INSTEAD[403]


@dataclass(frozen=True)
class Said:
    """One line of the page. `get` and `post` are words: for everybody, or for the person or role asked about."""

    line: object
    get: str
    post: str
    when: str
    otherwise: str


def for_everybody(line):
    opened, done = all_who(line.get, line.object), all_who(line.post, line.object)
    return Said(line, opened, ALIKE if line.get and done == opened else done, when(line), otherwise(line))


def _held(holder, rights):
    """The rights, as pairs (role, name of the unit or ""), by which this is somebody's; None where it asks for none."""
    return [right for right in rights if right[0] in holder.roles] if holder.roles else None


def _mine(holders, thing, rights):
    words = []
    for holder in holders or ():
        limits = [f"khi {_states(thing, holder.states)}"] if holder.states else []
        held = _held(holder, rights)
        if holder.relation in PERSONAL:
            words.append(", ".join([f"nếu là {NAMED[holder.relation]}", *limits]))
        elif held is None or (held and holder.relation in ("", "own")):
            words.append(f"được ({', '.join(limits)})" if limits else "được")
        elif held:
            units = ", ".join(dict.fromkeys(unit for _, unit in held if unit)) or "đơn vị mình"
            place = f"của {units}" if holder.relation == "unit" else f"do {units} soạn"
            words.append(", ".join([f"chỉ {thing.words} {place}", *limits]))
    if "được" in words:
        words = ["được"]
    said = "; ".join(words)
    return said[:1].upper() + said[1:]


def for_rights(line, rights):
    """The line for somebody with these rights, pairs (role, name of the unit or ""); None where nothing of it is theirs: so
    too what they would have as a person named in a row of which none of their roles lets them know."""
    if line.object and not any(one.may_be({role for role, _ in rights}) for one in line.object.seen_by):
        return None
    opened, done = _mine(line.get, line.object, rights), _mine(line.post, line.object, rights)
    if not opened and not done:
        return None
    return Said(line, opened or "—", ALIKE if opened and done == opened else done or "—", when(line), otherwise(line))
