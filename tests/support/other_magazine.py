"""A magazine unlike those in the box: other roles, gates, language, zone and page."""

from __future__ import annotations

from app.domain.pieces import Kind

_KINDS = "".join(
    f"""
[[kinds]]
key = "{kind}"
label = "Sort {kind}"
schema_type = "ReportageNewsArticle"
gates = ["T02", "T03", "R03", "R10", "R11", "R19"]
signatures = ["editor-in-chief", "fact-checker"]
"""
    for kind in Kind
)

NORDLYS = f"""
key = "nordlys"
name = "Nordlys"
prefix = "NL"
languages = ["nb", "en"]
site = "https://nordlys.example/avis"
zone = "America/New_York"
default_section = "nytt"
date_format = "D. MMMM YYYY"
months = ["januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober",
  "november", "desember"]
targets = ["html", "text"]

[address]
publisher = "Nordlys forlag"
email = "post@nordlys.example"

[[roles]]
key = "editor-in-chief"
may = ["work", "decide", "publish", "grant", "settle", "vault", "recommend"]

[[roles]]
key = "director"
may = ["publish"]

[[roles]]
key = "fact-checker"
may = ["recommend"]
survives = ["typographical", "correction", "update"]

[[roles]]
key = "intern"
may = ["work"]

[[masthead]]
role = "editor-in-chief"
label = "Redaktør"
persons = ["liv"]

[[masthead]]
role = "director"
label = "Utgiver"
persons = ["ola"]

[[people]]
key = "liv"
name = "Liv Fjeld"
roles = ["editor-in-chief"]

[[people]]
key = "ola"
name = "Ola Ness"
roles = ["director"]

[[people]]
key = "sanna"
name = "Sanna Berg"
roles = ["fact-checker"]

[[people]]
key = "per"
name = "Per Holm"
roles = ["intern"]

[[sections]]
key = "nytt"
label = "Nytt"
kind = "stream"
path = "nytt/siste"
{_KINDS}
[[gates]]
id = "T02"
severity = "block"
[[gates]]
id = "T03"
severity = "warn"
[[gates]]
id = "R03"
severity = "block"
[[gates]]
id = "R10"
severity = "block"
[[gates]]
id = "R11"
severity = "override"
override_role = "fact-checker"
[[gates]]
id = "R19"
severity = "block"

[[terms]]
valid_from = 2020-01-01
media = ["web", "print"]
edit = ["form"]
covers = ["own-text"]
text = "Send oss teksten; vi trykker den."

[[slots]]
weekday = "sunday"
time = 18:30:00
zone = "America/New_York"

[[slots]]
weekday = "monday"
time = 01:00:00
zone = "Europe/Oslo"

[captions]
lead = "{{caption}} Foto: {{credit}}."
inline = "{{caption}} ({{credit}})"

[page]
related = 0
keep_reading = 0
tags = false
breadcrumb = false
copyright = "© {{year}} Nordlys"

[page.labels]
by = "av"
masthead = "Redaksjonen"
contact = "Kontakt"
navigation = "Seksjoner"
"""
