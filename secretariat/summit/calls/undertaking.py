"""What a committee's members undertake before they read, where a call says nothing of its own."""

from secretariat.engines.sealed.canonical import digest

USUAL = {
    "en": (
        "I keep confidential what was handed in, what I and others wrote of it, and what the committee said of it; I "
        "use none of it for anything but judging, hand it to nobody, and put it into no service that keeps or learns "
        "from it.\n\n"
        "I have said of every item whether I may judge it. I step aside from those I work with, compete with, am "
        "related to or am paid by, and from any other that I cannot judge fairly; should I learn of such a thing "
        "later, I say so at once.\n\n"
        "I judge each item myself, by the criteria declared before the call opened, and take nothing for it from "
        "anybody who has an interest in it."
    ),
    "zh": (
        "一、对申报材料、本人及其他评审专家的评审意见以及委员会的讨论内容，本人严格保密；除评审之外不作他用，不转交任何人，"
        "也不输入任何会留存或用以训练的服务。\n\n"
        "二、本人已逐项说明能否评审。凡与申报方有合作、竞争、亲属或领取报酬关系的，以及因其他原因难以公正评审的，本人一律回避；"
        "此后知悉此类情形的，立即报告。\n\n"
        "三、本人按照征集开始前公布的标准独立评审每一个项目，不接受任何利益相关方的任何好处。"
    ),
}  # fmt: skip


def usual() -> dict[str, str]:
    """Return the text of a call that has none of its own."""
    return dict(USUAL)


def digest_of(text: dict[str, str]) -> str:
    """Return what tells a text from any other: whoever signs, signs this."""
    return digest({"en": text["en"], "zh": text["zh"]})
