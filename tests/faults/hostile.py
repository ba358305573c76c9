"""Texts that attack: terminals, markup, spreadsheets, SQL, templates, paths, layout; and what none may do."""

from __future__ import annotations

import re

from hypothesis import strategies as st

TEXTS: dict[str, str] = {
    "closing tag": "[/]",
    "unknown tag": "[/foo] [bold red]HOT[/]",
    "live action": "[@click=app.quit]x[/]",
    "live link": "[link=http://evil.example]press[/link]",
    "half a tag": "a\\[b [",
    "window title": "\x1b]0;PWNED-TITLE\x07tail",
    "clipboard write": "\x1b]52;c;cHduZWQ=\x1b\\tail",
    "hyperlink": "\x1b]8;;http://evil.example\x1b\\link\x1b]8;;\x1b\\",
    "clears the screen": "\x1b[2J\x1b[1;1H\x1b[31mred\x1b[0m",
    "device string": "\x1bP+q544e\x1b\\dcs \x1b_apc\x1b\\",
    "asks the terminal": "\x1b[6n\x1bZ\x1b[>c",
    "one C1 character": "\x9b2Jc1\x9d0;PWNED\x9c\x90q\x9c\x85\x84",
    "sequence in a sequence": "\x1b\x1b]0;x\x07]0;PWNED\x07 \x1b[\x1b[2J2J",
    "bell and its friends": "a\x07b\x08c\x0bd\x0ce\x0ff\x0eg\x7f",
    "nul": "a\x00b",
    "carriage return": "innocent\rEVIL",
    "lone surrogates": "x\ud800y\udfffz",
    "turned around": "\u202egnp.exe\u202c \u2066i\u2069 \u200frtl",
    "arabic": "محمد الحربي",
    "zero width": "ze\u200bro\u200c\u200d\u2060\ufeffwidth",
    "only zero width": "\u200b\u200d\ufeff",
    "combining marks": "Z" + "\u0301\u0316\u20dd" * 20,
    "only combining marks": "\u0301" * 60,
    "emoji": "👩‍🔧🏳️‍🌈👨‍👩‍👧‍👦🇨🇳️",
    "tags": "\U000e0041\U000e007f\U000f0000\U0010ffff",
    "very wide": "﷽" * 9 + "𒐫" * 9,
    "10,000 characters": "x" * 10_000,
    "10,000 wide ones": "长" * 10_000,
    "19,000 digits": "1" * 19_000,
    "one long code": "x1" * 9_000,
    "10,000 blanks inside": "1" + " " * 10_000 + "2",
    "C1 openers": "\x9d" * 10_000 + "a",
    "3,000 lines": "\n" * 1_500 + "end" + "\nx" * 1_500,
    "line ends": "a\nb\r\nc\u2028d\u2029e\x85f",
    "command": "=cmd|' /C calc'!A0",
    "plus": "+1+cmd|' /C calc'!A0",
    "minus": "-1+1",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tab before": "\t=1+1",
    "wide formula": "＝1+1",
    "wide plus": "＋1",
    "wide minus": "－1",
    "wide at": "＠SUM(1)",
    "formula on the second line": "x\n=1+1",
    "formula behind an apostrophe": "'=1+1",
    "hyperlink formula": '=HYPERLINK("http://evil.example","x")',
    "quotes": "\"'`´‘“„«\"\"\"",
    "semicolons": 'a;b,c\t"d;\n"e',
    "drop table": "'; DROP TABLE customer; --",
    "always true": "x' OR '1'='1",
    "search syntax": '* - NEAR ( 100% C++ "',
    "column filter": "text : x",
    "wildcards": "%_\\",
    "colon parameter": ":w0 ?1 @x $y",
    "template": "{{7*7}} {% raw %} {# #} ${7*7}",
    "format": "{0.__class__} {name} %s %(x)s {",
    "script": "<script>alert(1)</script>",
    "attribute": '" onmouseover="alert(1) <img src=x onerror=alert(1)>',
    "entity": "&lt;b&gt;&#60;&amp;",
    "end of html": "--> ]]> </title></style></script><h1>x",
    "path": "../../etc/passwd",
    "absolute path": "/etc/passwd",
    "windows path": "..\\..\\con.csv",
    "device name": "con.csv",
    "option": "--help",
    "response file": "@/etc/passwd",
    "shell": "$(id) `id` ; rm -rf ~ | x & y",
    "number": "J-0001",
    "nothing": "",
    "blanks": " \t\u3000\xa0 ",
}  # fmt: skip

_PIECES = (
    *("\x1b", "[", "]", "/", "@click=app.quit", "\x1b]0;", "\x1b]52;c;", "\x07", "\x1b\\", "\x9b", "\x9c"),
    *("\x00", "\r", "\n", "\t", "=", "+", "-", "@", "＝", "'", '"', ";", "%", "*", "{", "}", "<", ">", "&"),
    *("\u202e", "\u2066", "\u200d", "\u0301", "\ud800", "\ufeff", "\ufe0f", "长", "a", "9", " ", "link="),
)
any_text = (
    st.text(st.characters(exclude_categories=()), max_size=60)
    | st.lists(st.sampled_from(_PIECES), max_size=16).map("".join)
    | st.sampled_from(sorted(TEXTS.values()))
)
"""Any text at all; every second one is made of what attacks."""

_STEERS = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\u202a-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb]"
)


def steering(text: str) -> list[str]:
    """Where a text would steer a terminal or turn its reading direction, each with what stands around it."""
    return [repr(text[max(0, m.start() - 20) : m.end() + 20]) for m in _STEERS.finditer(text)]
