"""Random expressions, as texts. Ranges go forward."""

from hypothesis import strategies as st

from contacts.expressions import ExpressionError, Kind, parse
from contacts.expressions.pattern import upper

LETTERS = "aAbBæÆøØåÅéÉ 15%_[]\\^'*?-."
PLAIN = st.text("aAbBæÆøØåÅéÉ15%_[]\\^-", min_size=1, max_size=4)
CODES = st.one_of(
    st.from_regex(r"\A[0-9]{1,5}\Z"), st.from_regex(r"\A(CT|a|)[0-9]{1,3}\Z"), PLAIN
).filter(lambda code: code.isprintable())
NUMBERS = st.decimals(-100, 100, places=2).map(lambda n: f"{n:f}")
DAYS = st.dates().filter(lambda day: 1900 <= day.year <= 2999).map(lambda day: day.isoformat())
RELATIVE = st.one_of(
    st.sampled_from(["today", "yesterday", "tomorrow", "i dag", "sidste uge", "next quarter"]),
    st.tuples(st.sampled_from("+-"), st.integers(0, 200), st.sampled_from("dwmyuå")).map(
        lambda parts: "{}{}{}".format(*parts)
    ),
)


def quoted(text: str) -> str:
    return "'{}'".format(text.replace("'", "''"))


ENDS = {
    Kind.TEXT: PLAIN.map(quoted),
    Kind.CODE: CODES,
    Kind.NUMBER: NUMBERS,
    Kind.DATE: st.one_of(DAYS, RELATIVE),
}
EQUALS = {
    Kind.TEXT: st.text(LETTERS, min_size=1, max_size=5).map(quoted),
    Kind.CODE: st.text(LETTERS, min_size=1, max_size=5).map(quoted),
    Kind.NUMBER: NUMBERS,
    Kind.DATE: st.one_of(DAYS, RELATIVE),
}


def terms(kind: Kind) -> st.SearchStrategy[str]:
    """One value with or without a comparison, or a range."""
    equal = st.tuples(st.sampled_from(["", "=", "<>"]), EQUALS[kind] | st.just("''"))
    compared = st.tuples(st.sampled_from(["<", "<=", ">", ">=", ".."]), ENDS[kind])
    caseless = st.sampled_from(["", "@"] if kind == Kind.TEXT else [""])
    return st.one_of(
        st.tuples(caseless, (equal | compared).map("".join)).map("".join),
        ENDS[kind].map(lambda end: f"{end}.."),
        st.tuples(caseless, ranges(kind)).map("".join),
    )


def ranges(kind: Kind) -> st.SearchStrategy[str]:
    if kind == Kind.DATE:
        return st.one_of(
            st.lists(DAYS, min_size=2, max_size=2).map(lambda days: "..".join(sorted(days))),
            RELATIVE.map(lambda day: f"2026-01-01..{day}"),
        )
    order = float if kind == Kind.NUMBER else upper
    pairs = st.lists(ENDS[kind], min_size=2, max_size=2)
    return pairs.map(lambda ends: "..".join(sorted(ends, key=order))).filter(
        lambda r: forward(kind, r)
    )


def forward(kind: Kind, text: str) -> bool:
    try:
        parse(kind, text)
        parse(kind, f"@{text}") if kind == Kind.TEXT else None
    except ExpressionError as error:
        if "comes before" in str(error):
            return False
        raise
    return True


def expressions(kind: Kind) -> st.SearchStrategy[str]:
    """Terms joined by signs and parentheses."""
    return st.recursive(
        terms(kind),
        lambda inner: st.tuples(inner, st.sampled_from("|&"), inner).map(
            lambda parts: (
                "({}){}({})".format(*parts) if parts[1] == "&" else "|".join((parts[0], parts[2]))
            )
        ),
        max_leaves=4,
    )
