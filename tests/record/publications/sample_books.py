"""Books of plainly invented entries: two sizes, short and long texts, both scripts, up to twenty contributors."""

import hashlib
from datetime import date

from secretariat.record.publications.typesetting.book import (
    Applicant,
    Bilingual,
    Book,
    Colophon,
    Contributor,
    Entry,
    Level,
    Name,
    Section,
    Stage,
)

FIELDS = [
    Bilingual("Artificial intelligence", "人工智能"),
    Bilingual("Networks and communication", "网络与通信"),
    Bilingual("Chips and computing", "芯片与计算"),
    Bilingual("Data and cloud", "数据与云"),
    Bilingual("Security and trust", "安全与可信"),
]
PLACES = [
    Name("Example Land A", "示例国甲"),
    Name("Example Land B", "示例国乙"),
    Name("Example Land C", "示例国丙"),
    Name("Example Island D", "示例岛丁"),
    Name("Example Region E", "示例地区戊"),
    Name("Example Coast F", ""),
    Name("", "示例洲庚"),
]
SURNAMES = [
    "Amber",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Fjord",
    "Grove",
    "Heron",
    "Islet",
    "Juniper",
    "Kestrel",
]
CHINESE = [
    "安示例",
    "柏示例",
    "陈示例",
    "丁示例",
    "方示例",
    "高示例",
    "何示例",
    "李示例",
    "孙示例",
    "王示例",
    "张示例",
]
WORDS = [
    "The work lets small operators share one measurement of the path a packet takes, so that a fault is found "
    "where it lies and not where it is felt",
    "It was tried in four invented towns over fourteen months",
    "Each sentence here is made up for this sample and describes nothing that exists",
    "What is measured, by whom and how often is written down before the first measurement, and the record can be "
    "read by anybody",
]
HANZI = [
    "这项工作让小型运营者共用一份对数据包路径的测量，使故障在它所在之处被找到，而不是在它被感到之处",
    "它在四座虚构的城镇里试用了十四个月",
    "此处每一句话都是为样书编写的，不描述任何真实存在的事物",
    "测量什么、由谁测量、多久测量一次，都在第一次测量之前写明，任何人都可以查阅这份记录",
]
TITLES = [
    Bilingual("Quiet Routes", "静路"),
    Bilingual("A shared map of delays for small networks", "小型网络共享时延地图"),
    Bilingual("Lantern: low-power sensing for river towns", "灯笼：面向水乡的低功耗感知系统"),
    Bilingual(
        "An open method for measuring how fairly a scheduler divides the time of a machine among many learners",
        "衡量调度程序如何在众多学习任务之间公平分配机器时间的开放方法",
    ),
    Bilingual(
        "Paper Stencil, a compiler that explains each of its own steps", "花版：能够解释自身每一步骤的编译器"
    ),
    Bilingual("Tide Tables for data centres", ""),
    Bilingual("", "只有中文标题的示例成果"),
]
LONG_TITLE = Bilingual(
    "A very long invented title that goes on to say what was built, for whom it was built, in which of the example "
    "lands it has been in use since the first trial, and why none of the words before this one could be left out "
    "without the committee of the sample asking for them back",
    "一个很长的虚构标题，它接着说明所建何物、为谁而建、自首次试用以来在哪些示例国投入使用，以及为何在此之前的任何一个字都不能省略",
)
LEVELS = (
    Level("awarded", Bilingual("Leading achievement", "领先科技成果"), "solid"),
    Level("nominated", Bilingual("Nominated project", "提名项目"), "open"),
)


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def prose(words: list[str], stop: str, count: int) -> str:
    sentences = [words[n % len(words)].strip().rstrip(".。") + stop for n in range(count)]
    return "\n".join("".join(sentences[n : n + 4]).strip() for n in range(0, count, 4))


def person(n: int) -> Name:
    latin, chinese = SURNAMES[n % len(SURNAMES)], CHINESE[n % len(CHINESE)]
    if n % 5 == 4:
        return Name("", f"{chinese}{'甲乙丙丁戊己庚辛壬癸'[n // 11 % 10]}")
    return Name(f"Example {latin} {n:03d}", "" if n % 3 else chinese, f"{latin} {n:03d}")


def organisation(n: int) -> Name:
    return Name(f"Example Institute {n:03d}", f"示例研究院{n:03d}" if n % 2 else "")


def entry(n: int, *, level: str = "", **changes) -> Entry:
    title = TITLES[n % len(TITLES)]
    number = f" {n:03d}"
    people = 20 if n % 13 == 3 else n % 6
    sentences = (3, 6, 9, 14)[n % 4] if n % 17 else 44
    values = {
        "ref": f"C26-{n:03d}",
        "title": Bilingual(title.en + number if title.en else "", title.zh + number if title.zh else ""),
        "field": FIELDS[n % len(FIELDS)],
        "applicants": tuple(
            Applicant(organisation(n * 3 + k), PLACES[(n + k) % len(PLACES)]) for k in range(1 + n % 3)
        ),
        "summary": Bilingual(prose(WORDS, ". ", sentences), prose(HANZI, "。", sentences) if n % 9 else ""),
        "countries_of_use": tuple(PLACES[(n + k) % len(PLACES)] for k in range(n % 5)),
        "contributors": tuple(
            Contributor(person(n * 2 + k), organisation((n + k) % 40)) for k in range(people)
        ),
        "level": level,
        "url": f"https://works.example.org/achievements/2026/{n:03d}/documentation-and-measurements"
        if n % 2
        else "",
        "note": Bilingual("Released by video.", "以视频发布。") if level == "nominated" else Bilingual(),
    }
    return Entry(**(values | changes))


def stages(counts: list[int], names: list[Bilingual], split) -> tuple[Stage, ...]:
    return tuple(
        Stage(
            name=name,
            rule=Bilingual(
                "Every item that met the published conditions on the closing day goes on; the reasons for each "
                "refusal are kept with it.",
                "凡在截止日符合公布条件的项目均进入下一环节；每项不通过的理由均随项目保存。",
            ),
            count=count,
            frozen_on=date(2026, 3 + n, 14),
            list_hash=hash_of(f"list {n}"),
            log_index=1200 + 311 * n,
            head=head(1300 + 311 * n),
            split=split if n == len(counts) - 1 else (),
        )
        for n, (count, name) in enumerate(zip(counts, names, strict=True))
    )


def head(size: int) -> str:
    return (
        f"log.example.org/2026\n{size}\n9jdFJvMFzv6KXvqXN+TXcPwFbd0hTuwZkKVrPtLZ1rM=\ntime 2026-11-24T09:30:00Z\n\n"
        "— log.example.org/2026 m1w0h6nJvMFzv6KXvqXN+TXcPwFbd0hTuwZkKVrPtLZ1rMm1w0h6nJvMFzv6KXvqXN+TXcPwFbd0hTuwZ"
    )


def achievements(entries: list[Entry] | None = None, **changes) -> Book:
    """The first book: 57 entries, 15 and 5 honours."""
    if entries is None:
        levels = ["awarded"] * 15 + ["nominated"] * 5 + [""] * 37
        entries = [entry(n, level=levels[n * 16 % 57]) for n in range(57)]
        entries[8] = entry(8, title=LONG_TITLE)
    sections = [Section(field, tuple(e for e in entries if e.field == field)) for field in FIELDS]
    names = [
        Bilingual("Collected", "征集"),
        Bilingual("Recommended", "推荐"),
        Bilingual("Shortlisted", "入围"),
        Bilingual("Honoured", "授予荣誉"),
    ]
    values = {
        "title": Bilingual("Charm of Science and Technology", "科技之魅"),
        "subtitle": Bilingual(
            "Leading internet achievements, recommended and honoured", "领先科技成果推荐与荣誉名录"
        ),
        "edition": Bilingual("Simulated edition 2026", "二〇二六年模拟届"),
        "publisher": Bilingual("Example Secretariat", "示例秘书处"),
        "published_on": date(2026, 11, 24),
        "list_hash": hash_of("the frozen list"),
        "sections": tuple(section for section in sections if section.entries),
        "levels": LEVELS,
        "stages": stages([257, 57, 20, 20], names, (("awarded", 15), ("nominated", 5))),
        "foreword": (Bilingual(prose(WORDS, ". ", 9), prose(HANZI, "。", 9)),),
        "selection_note": (
            Bilingual(
                "Each rule below was written down, and its hash put into the public log, before the call opened.",
                "以下每条规则均在征集开始之前写定，其哈希值已记入公开日志。",
            ),
        ),
        "colophon": Colophon(
            text=(
                Bilingual(
                    "The list printed here was frozen before it was set. Whoever holds a receipt can check that "
                    "this book, the list and the log agree.",
                    "本书所载名单在排版之前已经冻结。凡持有回执者，均可核验本书、名单与日志三者一致。",
                ),
            ),
            command="secretariat selection verify --book charm-2026.pdf --head receipt.txt",
            url="https://example.org/verify/charm-2026",
            head=head(2240),
        ),
        "simulated": True,
        "simulated_text": Bilingual(
            "Every person, organisation, score and honour in this book is invented by a program to show how the "
            "selection works. Nothing here describes anybody or anything real.",
            "书中所有人物、机构、评分与荣誉均由程序虚构，用以展示遴选如何进行，不涉及任何真实的人与事。",
        ),
        "non_affiliation": Bilingual(
            "This project is not affiliated with the organisation it is modelled on.",
            "本项目与其所参照的组织没有隶属关系。",
        ),
    }
    return Book(**(values | changes))


def cases() -> Book:
    """The second book: 60 entries, 12 of them presented, a long title."""
    return achievements(
        [entry(n, level="awarded" if n % 5 == 2 else "") for n in range(60)],
        title=Bilingual(
            "Collection of Practice Cases of Jointly Building a Community with a Shared Future in Cyberspace",
            "携手构建网络空间命运共同体实践案例集",
        ),
        levels=(Level("awarded", Bilingual("Presented case", "展示案例"), "solid"),),
        list_hash=hash_of("the other list"),
        stages=stages(
            [213, 60, 12],
            [
                Bilingual("Collected", "征集"),
                Bilingual("Recommended", "推荐"),
                Bilingual("Presented", "现场展示"),
            ],
            (("awarded", 12),),
        ),
    )
