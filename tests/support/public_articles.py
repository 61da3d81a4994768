"""Finished articles to write: English, Chinese and Arabic, with every kind of block and drawn photographs."""

from __future__ import annotations

from dataclasses import replace

from app.domain.article import (
    Cell,
    Figure,
    Footnote,
    Heading,
    ListBlock,
    ListItem,
    Mark,
    Quote,
    Table,
)
from app.domain.magazine_page import Appeal, Captions, Labels, Link
from app.domain.public import Office, PublicArticle, PublicMagazine, Teaser
from tests.support.drawn_photos import photos
from tests.support.english_body import BODY, note, paragraph, spans_of, text

MAGAZINE = PublicMagazine(
    key="winter-review",
    name="Winter Review",
    motto="Belief, conscience and the law",
    url="https://winter-review.example/",
    language="en",
    masthead=(
        Office("editor-in-chief", "Editor-in-Chief", ("Marta Veselka",)),
        Office("director", "Director-in-Charge", ("Henrik Aldobran",)),
    ),
    address=("Winter Review Association", "Via dei Mulini 8", "10100 Torino", "Italy"),
    telephone="+39 011 5550 142",
    email="desk@winter-review.example",
    submit=Appeal(
        "Write for us",
        "Unpublished contributions, news and photographs are welcome. "
        "Sending them authorises us to edit and publish them.",
    ),
    appeals=(
        Appeal(
            "Support Winter Review",
            "This magazine lives on small gifts.",
            "Give",
            "https://winter-review.example/support/",
        ),
    ),
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
    captions=Captions(),
    labels=Labels(),
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
    updated_text="",
    section="News",
    breadcrumb=(
        Link("Home", "https://winter-review.example/"),
        Link("About China", "https://winter-review.example/about-china/"),
        Link("News", "https://winter-review.example/about-china/news/"),
    ),
    canonical_url="https://winter-review.example/the-valley-that-would-not-sign/",
    blocks=BODY,
    footnotes=(
        Footnote("n2", (paragraph(201, "Regulation on Religious Affairs, 2017, article 41."),)),
        Footnote(
            "n1",
            (
                paragraph(
                    202,
                    "Literally “the reading by lamp”. See ",
                    text("our glossary", link="https://example.org/g"),
                    ".",
                ),
                paragraph(203, "The word is also used of the lamp itself."),
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

_ZH_LABELS = Labels(
    home="首页",
    skip_to_content="跳至正文",
    skip_to_footer="跳至页脚",
    navigation="栏目",
    breadcrumb="当前位置",
    by="作者：",
    translated_by="译者：",
    updated_on="更新于",
    correction="更正",
    notes="注释",
    back_to_text="返回正文",
    tagged_with="标签",
    about_the_author="作者简介",
    related="相关文章",
    keep_reading="继续阅读",
    draft="草稿",
    masthead="编辑部",
    contact="联系",
)
_ZH_CAPTIONS = Captions(lead="{caption}{credit}。", inline="{caption}来源：{credit}。")

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
        paragraph(
            1,
            "九月的最后一个星期，村委会把一张纸放在山谷里每一张桌子上。纸上只有四行字。第三行要求每户声明不再举行",
            text("灯下读书", Mark.ITALIC),
            "——从人们记事起，这里的劳动日便以此结束。",
            note("n1"),
            "到十月一日，一百一十二张纸中，有九十七张交回时仍是空白。",
        ),
        Heading("b2", 2, spans_of("纸上写了什么")),
        paragraph(
            3,
            "全文短得可以照录。它用打字机打成，盖了章，没有签名。四行之中，三行抄自二十世纪九十年代的一份",
            text("表格", link="https://example.org/form"),
            "，只有第三行是新的，也正是没有人愿意写上名字的那一行。",
        ),
        Quote("b4", (paragraph(41, "我们没有商量过，因为不需要商量。"),), spans_of("一位教师")),
        Figure("b5", "p2"),
        Quote("b6", (paragraph(61, "白纸也是一种回答。"),), pull=True),
        paragraph(7, "走访已经开始。到目前为止，来的人都很客气。"),
    ),
    footnotes=(Footnote("n1", (paragraph(201, "当地方言，直译为“就着灯读”。"),)),),
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
    magazine=replace(
        MAGAZINE,
        language="zh-Hans",
        motto="信仰、良知与法律",
        captions=_ZH_CAPTIONS,
        labels=_ZH_LABELS,
    ),
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
        paragraph(
            1,
            "في الأسبوع الأخير من أيلول وضعت لجنة القرية ورقة واحدة على كل طاولة في الوادي. فيها أربعة أسطر، "
            "والثالث منها يطلب من كل أسرة أن تتعهّد بألّا تجتمع بعد اليوم للقراءة المسائية (",
            text("Regulation on Religious Affairs", language="en"),
            ").",
            note("n1"),
            " وبحلول الأول من تشرين الأول عادت سبع وتسعون ورقة من أصل 112 بيضاء.",
        ),
        Heading("b2", 2, spans_of("ماذا تقول الورقة")),
        paragraph(3, "قال أحد المعلّمين: «لم نتحدث في الأمر لأننا لم نكن بحاجة إلى ذلك»."),
        Quote("b4", (paragraph(41, "الورقة البيضاء جواب أيضًا."),), spans_of("محامٍ من المدينة")),
        Figure("b5", "p2"),
        ListBlock(
            "b6",
            items=(ListItem(spans_of("موقّعة")), ListItem(spans_of("بيضاء")), ListItem(spans_of("لم تعد"))),
        ),
        Table(
            "b7",
            (
                (Cell(spans_of("القرية"), header=True), Cell(spans_of("البيوت"), header=True)),
                (Cell(spans_of("الطاحونة")), Cell(spans_of("41"))),
            ),
        ),
    ),
    footnotes=(Footnote("n1", (paragraph(201, "لائحة الشؤون الدينية، المادة 41."),)),),
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
