"""Finished articles to write: English, Chinese and Arabic, with every kind of block and drawn photographs."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

from PIL import Image, ImageDraw, ImageFilter

from app.domain.article import (
    Align,
    Cell,
    Column,
    Download,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Mark,
    Paragraph,
    Parallel,
    Quote,
    Separator,
    Span,
    Spans,
    Table,
)
from app.domain.public import Link, PublicArticle, PublicMagazine, PublicPhoto, Teaser
from app.formats.rendition import PhotoStamp, rendition

Colour = tuple[int, int, int]


def text(words: str, *marks: Mark, link: str = "", language: str = "") -> Span:
    """A run of text."""
    return Span(words, frozenset(marks), link, language)


def note(name: str) -> Span:
    """A reference to a footnote."""
    return Span(note=name)


@cache
def hills(width: int, height: int, sky: Colour, ground: Colour, seed: int = 0) -> bytes:
    """RGB pixels of hills under an evening sky."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for y in range(height):
        mix = y / height
        tone = tuple(round(a + (255 - a) * mix * 0.8) for a in sky)
        draw.line([(0, y), (width, y)], fill=tone)
    draw.ellipse(
        [width * 0.68, height * 0.2, width * 0.68 + height * 0.16, height * 0.36], fill=(255, 246, 224)
    )
    for layer in range(5):
        base, rise = height * (0.45 + 0.12 * layer), height * (0.1 - 0.012 * layer)
        shade = tuple(round(g + (s - g) * (0.75 - 0.17 * layer)) for g, s in zip(ground, sky, strict=True))
        ridge = [
            (
                x,
                base
                + rise * math.sin(x / width * (4 + layer) + seed + layer * 2)
                + rise / 3 * math.sin(x / 37 + layer),
            )
            for x in range(0, width + 8, 8)
        ]
        draw.polygon([(0, height), *ridge, (width, height)], fill=shade)
    return image.filter(ImageFilter.GaussianBlur(0.8)).tobytes()


def photo(
    name: str, width: int, height: int, sky: Colour, ground: Colour, seed: int, lead: bool
) -> PublicPhoto:
    """A drawn photograph with its words in English."""
    caption = "Evening over the valley, seen from the old road" if lead else "The terraces below the village."
    credit = "Credits" if lead else "Noor Halabieh"
    alt = "Hills in layers under a pale evening sky" if lead else "Terraced fields on a hillside"
    stamp = PhotoStamp(
        credit=credit, caption=caption, alt=alt, copyright_notice="© 2026 Winter Review Association"
    )
    return PublicPhoto(
        id=name,
        name=f"the-valley-that-would-not-sign-{name.removeprefix('p').zfill(2)}.jpg",
        media_type="image/jpeg",
        width=width,
        height=height,
        data=rendition(hills(width, height, sky, ground, seed), width, height, stamp=stamp),
        caption=caption,
        credit=credit,
        credit_url="https://example.org/photographs/valley" if lead else "",
        source_line="" if lead else "Source: Noor Halabieh.",
        alt=alt,
        lead=lead,
    )


@cache
def photos() -> tuple[PublicPhoto, ...]:
    """A wide lead photograph and a smaller one for the body."""
    return (
        photo("p1", 2000, 1250, (196, 158, 140), (38, 62, 66), 0, True),
        photo("p2", 1200, 800, (150, 180, 190), (52, 78, 48), 3, False),
    )


MAGAZINE = PublicMagazine(
    key="winter-review",
    name="Winter Review",
    motto="Belief, conscience and the law",
    url="https://winter-review.example/",
    language="en",
    masthead=(("Editor-in-Chief", "Marta Veselka"), ("Director-in-Charge", "Henrik Aldobran")),
    address=("Winter Review Association", "Via dei Mulini 8", "10100 Torino", "Italy"),
    telephone="+39 011 5550 142",
    email="desk@winter-review.example",
    invitation="Unpublished contributions, news and photographs are welcome. "
    "Sending them authorises us to edit and publish them.",
    copyright_line="© 2026 Winter Review Association",
    navigation=(
        Link("About China", "https://winter-review.example/about-china/"),
        Link("From the World", "https://winter-review.example/from-the-world/"),
        Link("Interviews", "https://winter-review.example/interviews/"),
        Link("Documents and Translations", "https://winter-review.example/documents/"),
        Link("About us", "https://winter-review.example/about/"),
    ),
    footer=(
        Link("Privacy", "https://winter-review.example/privacy/"),
        Link("Cookies", "https://winter-review.example/cookies/"),
    ),
    labels={"home": "Home", "by": "by", "tagged_with": "Tagged With", "keep_reading": "Keep reading"},
)


def _paragraph(number: int, *spans: Span | str, align: Align = Align.NATURAL) -> Paragraph:
    return Paragraph(
        f"b{number}", tuple(text(span) if isinstance(span, str) else span for span in spans), align
    )


def _spans(words: str) -> Spans:
    return (text(words),)


_BODY = (
    _paragraph(
        1,
        "In the last week of September the village committee put a single sheet of paper on every table in the "
        "valley. It had four lines. The third asked each household to declare that it would no longer meet for ",
        text("dzin-la", Mark.ITALIC),
        ", the evening reading that has closed the working day here for as long as anyone can say.",
        note("n1"),
        " By the first of October, of one hundred and twelve sheets, ninety-seven had come back blank.",
    ),
    _paragraph(
        2,
        "Nobody agreed this beforehand. “We did not talk about it,” a teacher told this magazine, “because we did "
        "not need to.” The ",
        text("provincial regulation", link="https://example.org/regulation?article=41&year=2017"),
        " that the sheet quotes does not mention evening readings at all. It mentions ",
        text("venues", Mark.BOLD),
        ", and a kitchen is not one.",
        note("n2"),
    ),
    Heading("b3", 2, _spans("What the sheet says")),
    _paragraph(
        4,
        "The text is short enough to print whole. It was typed, stamped and unsigned. Three of its four lines are "
        "copied from a form of the 1990s; only the third is new, and it is the one that nobody will put a name to.",
    ),
    Quote(
        "b5",
        (
            _paragraph(
                51, "The undersigned household confirms that it holds no gatherings of a religious character."
            ),
            _paragraph(52, "It will report such gatherings where it learns of them."),
        ),
        _spans("The sheet, lines three and four"),
    ),
    Figure("b6", "p2"),
    Heading("b7", 3, _spans("A blank is an answer")),
    _paragraph(
        8,
        "Lawyers whom we asked differ. One holds that a blank sheet is no statement; another that it is the clearest "
        "there is. H",
        text("2", Mark.SUBSCRIPT),
        "O, he said, is also only a formula. The ",
        text("un", Mark.SMALL_CAPS),
        " rapporteur’s letter of the 21",
        text("st", Mark.SUPERSCRIPT),
        " asks for ",
        text("an end to", Mark.STRIKETHROUGH),
        " a review of the practice.",
    ),
    Quote("b9", (_paragraph(91, "We did not talk about it, because we did not need to."),), pull=True),
    ListBlock(
        "b10",
        ordered=True,
        start=1,
        items=(
            ListItem(_spans("The sheet is handed out by the committee.")),
            ListItem(
                _spans("It comes back in one of three ways:"),
                (
                    ListBlock(
                        "b11",
                        items=(
                            ListItem(_spans("signed, and filed in the township;")),
                            ListItem(_spans("blank, and kept by the committee;")),
                            ListItem(_spans("not at all.")),
                        ),
                    ),
                ),
            ),
            ListItem(_spans("A visit follows within the month.")),
        ),
    ),
    Table(
        "b12",
        (
            (
                Cell(_spans("Hamlet"), header=True),
                Cell(_spans("Households"), header=True),
                Cell(_spans("Signed"), header=True),
                Cell(_spans("Blank"), header=True),
            ),
            (
                Cell(_spans("Upper mill"), header=True),
                Cell(_spans("41")),
                Cell(_spans("3")),
                Cell(_spans("38")),
            ),
            (Cell(_spans("Ford"), header=True), Cell(_spans("29")), Cell(_spans("not known"), columns=2)),
            (
                Cell(_spans("Terraces"), header=True),
                Cell(_spans("42")),
                Cell(_spans("5")),
                Cell(_spans("37")),
            ),
        ),
    ),
    Separator("b13"),
    Parallel(
        "b14",
        (
            Column("zh", (Paragraph("b141", (text("本户确认不举行任何宗教性质的聚会。", language="zh"),)),)),
            Column(
                "en",
                (
                    _paragraph(
                        142, "This household confirms that it holds no gatherings of a religious kind."
                    ),
                ),
            ),
        ),
    ),
    _paragraph(
        15,
        "Snow on the lower road;\nthe lamp goes from house to house.\nNobody signs it.",
        align=Align.CENTER,
    ),
    _paragraph(
        16,
        "The visits have begun. So far they are polite. The oldest reader of the valley, who is eighty-six, received "
        "hers with tea and the greeting ",
        text("السلام عليكم", language="ar"),
        ", which she learned from a trader as a girl, and which her visitors did not know how to answer.",
        note("n1"),
    ),
    Download("b17", "f1", _spans("The sheet as handed out (PDF)")),
)

ENGLISH = PublicArticle(
    token="ED-2026-0412",
    slug="the-valley-that-would-not-sign",
    schema_type="NewsArticle",
    language="en",
    direction="ltr",
    headline="The Valley That Would Not Sign",
    standfirst="A one-page declaration went to every household. Ninety-seven of them returned it blank, "
    "and a regulation met its first silence.",
    byline="Li Wei",
    byline_url="https://winter-review.example/author/li-wei/",
    translator="Lin Qiaoyue",
    dateline="Quiet Valley",
    date="2026-11-23T09:00:00+01:00",
    date_text="11/23/2026",
    updated="",
    section="News",
    breadcrumb=(
        Link("Home", "https://winter-review.example/"),
        Link("About China", "https://winter-review.example/about-china/"),
        Link("News", "https://winter-review.example/about-china/news/"),
    ),
    canonical_url="https://winter-review.example/the-valley-that-would-not-sign/",
    blocks=_BODY,
    footnotes=(
        Footnote("n2", (_paragraph(201, "Regulation on Religious Affairs, 2017, article 41."),)),
        Footnote(
            "n1",
            (
                _paragraph(
                    202,
                    "Literally “the reading by lamp”. See ",
                    text("our glossary", link="https://example.org/g"),
                    ".",
                ),
                _paragraph(203, "The word is also used of the lamp itself."),
            ),
        ),
    ),
    photos=photos(),
    bio="Li Wei is the pen name of a reporter who has written from the western provinces since 2014.",
    tags=("China", "House Churches", "Registration Laws"),
    regions=("Gansu",),
    words=404,
    correction="24 November 2026: an earlier version gave the number of households as 121.",
    related=tuple(
        Teaser(headline, f"https://winter-review.example/{number}/")
        for number, headline in enumerate(
            (
                "The Registrar’s Second Visit",
                "What a Kitchen Is, According to the Law",
                "Twelve Villages, One Form",
                "A Short History of the Stamp",
            ),
            1,
        )
    ),
    keep_reading=tuple(
        Teaser(headline, f"https://winter-review.example/{number}/", standfirst)
        for number, (headline, standfirst) in enumerate(
            (
                (
                    "Letters from the Lower Road",
                    "Forty years of post that never came, read aloud by those who wrote it.",
                ),
                ("The Court and the Choir", "A hearing in Lyon asks whether singing is a gathering."),
                (
                    "An Interview with the Bell-Founder",
                    "He casts one bell a year and tells nobody where it goes.",
                ),
                ("Counting the Absent", "How statisticians find a community that no census names."),
            ),
            5,
        )
    ),
    magazine=MAGAZINE,
)
"""Every kind of block, two photographs, notes out of order, foreign words of both directions."""

_ZH_LABELS = {
    "skip_to_content": "跳至正文",
    "skip_to_footer": "跳至页脚",
    "navigation": "栏目",
    "breadcrumb": "当前位置",
    "by": "作者：",
    "translated_by": "译者：",
    "published_on": "发布于",
    "updated_on": "更新于",
    "correction": "更正",
    "source": "来源：{credit}",
    "notes": "注释",
    "back_to_text": "返回正文",
    "tagged_with": "标签",
    "about_the_author": "作者简介",
    "related": "相关文章",
    "keep_reading": "继续阅读",
    "masthead": "编辑部",
    "contact": "联系",
    "submit": "投稿",
}

CHINESE = replace(
    ENGLISH,
    slug="bu-qianzi-de-shangu",
    language="zh-Hans",
    headline="不肯签字的山谷",
    standfirst="一张声明发到每家每户，九十七户交回了白纸。一项条例第一次遇到了沉默。",
    byline="李微",
    translator="",
    dateline="静谷",
    date_text="2026年11月23日",
    section="新闻",
    breadcrumb=(
        Link("首页", "https://winter-review.example/"),
        Link("新闻", "https://winter-review.example/news/"),
    ),
    blocks=(
        _paragraph(
            1,
            "九月的最后一个星期，村委会把一张纸放在山谷里每一张桌子上。纸上只有四行字。第三行要求每户声明不再举行",
            text("灯下读书", Mark.ITALIC),
            "——从人们记事起，这里的劳动日便以此结束。",
            note("n1"),
            "到十月一日，一百一十二张纸中，有九十七张交回时仍是空白。",
        ),
        Heading("b2", 2, _spans("纸上写了什么")),
        _paragraph(
            3,
            "全文短得可以照录。它用打字机打成，盖了章，没有签名。四行之中，三行抄自二十世纪九十年代的一份",
            text("表格", link="https://example.org/form"),
            "，只有第三行是新的，也正是没有人愿意写上名字的那一行。",
        ),
        Quote("b4", (_paragraph(41, "我们没有商量过，因为不需要商量。"),), _spans("一位教师")),
        Figure("b5", "p2"),
        Quote("b6", (_paragraph(61, "白纸也是一种回答。"),), pull=True),
        _paragraph(7, "走访已经开始。到目前为止，来的人都很客气。"),
    ),
    footnotes=(Footnote("n1", (_paragraph(201, "当地方言，直译为“就着灯读”。"),)),),
    photos=tuple(
        replace(item, caption=words, credit=credit, source_line="", alt="山谷")
        for item, words, credit in zip(
            photos(), ("傍晚的山谷", "村下的梯田"), ("图片来源", "努尔"), strict=True
        )
    ),
    bio="李微是一位记者的笔名，自2014年起在西部省份写作。",
    tags=("中国", "家庭教会"),
    regions=("甘肃",),
    words=310,
    correction="",
    related=(),
    keep_reading=(
        Teaser("下游来信", "https://winter-review.example/5/", "四十年从未寄到的信，由写信的人念出来。"),
    ),
    magazine=replace(MAGAZINE, language="zh-Hans", motto="信仰、良知与法律", labels=_ZH_LABELS),
)
"""A magazine in Chinese with a Chinese article."""

ARABIC = replace(
    ENGLISH,
    slug="al-wadi",
    language="ar",
    direction="rtl",
    headline="الوادي الذي لم يوقّع",
    standfirst="ورقة واحدة وصلت إلى كل بيت، وعادت سبع وتسعون منها بيضاء كما كانت.",
    byline="لي وي",
    translator="",
    dateline="الوادي الهادئ",
    blocks=(
        _paragraph(
            1,
            "في الأسبوع الأخير من أيلول وضعت لجنة القرية ورقة واحدة على كل طاولة في الوادي. فيها أربعة أسطر، "
            "والثالث منها يطلب من كل أسرة أن تتعهّد بألّا تجتمع بعد اليوم للقراءة المسائية (",
            text("Regulation on Religious Affairs", language="en"),
            ").",
            note("n1"),
            " وبحلول الأول من تشرين الأول عادت سبع وتسعون ورقة من أصل 112 بيضاء.",
        ),
        Heading("b2", 2, _spans("ماذا تقول الورقة")),
        _paragraph(3, "قال أحد المعلّمين: «لم نتحدث في الأمر لأننا لم نكن بحاجة إلى ذلك»."),
        Quote("b4", (_paragraph(41, "الورقة البيضاء جواب أيضًا."),), _spans("محامٍ من المدينة")),
        Figure("b5", "p2"),
        ListBlock(
            "b6", items=(ListItem(_spans("موقّعة")), ListItem(_spans("بيضاء")), ListItem(_spans("لم تعد")))
        ),
        Table(
            "b7",
            (
                (Cell(_spans("القرية"), header=True), Cell(_spans("البيوت"), header=True)),
                (Cell(_spans("الطاحونة")), Cell(_spans("41"))),
            ),
        ),
    ),
    footnotes=(Footnote("n1", (_paragraph(201, "لائحة الشؤون الدينية، المادة 41."),)),),
    bio="لي وي اسم مستعار لصحفي يكتب منذ عام 2014.",
    photos=tuple(
        replace(item, caption=words, credit=credit, source_line=source, alt="تلال")
        for item, words, credit, source in zip(
            photos(),
            ("المساء فوق الوادي", "المدرّجات أسفل القرية"),
            ("المصدر", "نور"),
            ("", "المصدر: نور"),
            strict=True,
        )
    ),
    tags=("الصين", "حرية الدين"),
    correction="",
)
"""An article that runs from right to left in a magazine that does not."""
