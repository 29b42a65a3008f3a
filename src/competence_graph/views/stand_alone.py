"""A network as one HTML file that needs no internet: the drawing, its legend, and a table of the same links."""

from __future__ import annotations

import html
import json
import re
from typing import Any

from competence_graph.views.network import Network, as_table
from competence_graph.views.style import TEXT, style_of, wrapped

_REMOTE = re.compile(
    r"<link\b[^>]*https?://[^>]*>|<script\b[^>]*\bsrc\s*=\s*[\"']?\s*https?://[^>]*>\s*</script>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
_EMPTY_HEADING = re.compile(r"<center>\s*<h1>\s*</h1>\s*</center>", re.IGNORECASE)
# Whatever is left in the page, the browser fetches nothing.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:; font-src data:"
)
_CSS = f"""
body {{ font-family: Arial, Helvetica, sans-serif; color: {TEXT}; margin: 1rem; line-height: 1.5; }}
#mynetwork {{ float: none !important; border: 1px solid #768692 !important; }}
.legend {{ list-style: none; padding: 0; }} .legend li {{ display: inline-block; margin-right: 1.5rem; }}
.scroll {{ overflow-x: auto; }} table {{ border-collapse: collapse; width: 100%; }}
caption {{ text-align: left; font-weight: bold; padding: .5rem 0; }}
th, td {{ text-align: left; vertical-align: top; border-bottom: 1px solid #768692; padding: .25rem .5rem; }}
td:last-child {{ overflow-wrap: anywhere; }}
@media print {{ #mynetwork {{ break-inside: avoid; }} }}
"""
SYMBOLS = {
    "dot": "●",
    "square": "■",
    "triangle": "▲",
    "triangleDown": "▼",
    "diamond": "◆",
    "star": "★",
    "hexagon": "⬢",
}


def to_html(network: Network, title: str) -> str:
    """Return the network as a page that stands alone.

    Parameters
    ----------
    network : Network
        What is shown, where :mod:`competence_graph.views.layout` placed it.
    title : str
        Title and heading of the page; any text.
    """
    page = _scrub(_drawing(network))
    says = html.escape(network.description)
    head = (
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_CSS}</style>"
    )
    page = _once(page, "<html>", '<!DOCTYPE html>\n<html lang="en-GB">')
    page = _once(page, '<meta charset="utf-8">', f'<meta charset="utf-8">{head}')
    page = _once(page, "<body>", f"<body><main><h1>{html.escape(title)}</h1><p>{says}</p>")
    page = _once(
        page,
        '<div id="mynetwork"',
        f'<div id="mynetwork" role="img" aria-label="{says} The table below says the same."',
    )
    return _once(page, "</body>", f"{_legend(network)}{_table(network)}</main></body>")


def _once(page: str, old: str, new: str) -> str:
    """Replace what must be there, at its first place; the last one for what closes the page."""
    before, found, after = page.rpartition(old) if old == "</body>" else page.partition(old)
    if not found:
        raise RuntimeError(f"pyvis no longer writes {old}; competence_graph.views.stand_alone must follow its template")
    return before + new + after


def _scrub(page: str) -> str:
    """Remove every tag that fetches something, comments, and the empty headings."""
    return _EMPTY_HEADING.sub("", _REMOTE.sub("", page))


def _drawing(network: Network) -> str:
    """Return the page as pyvis makes it; the only place that knows pyvis, which takes seconds to import."""
    from pyvis.network import Network as PyvisNetwork

    drawing = PyvisNetwork(height="600px", width="100%", directed=True, cdn_resources="in_line", notebook=False)
    for node in network.nodes:
        style = style_of(node.kind)
        place: dict[str, Any] = {}
        if node.id in network.positions:
            place = dict(zip(("x", "y"), network.positions[node.id], strict=True))
        # No title: pyvis would show one that speaks of links as HTML.
        drawing.add_node(
            node.id, label=wrapped(node.label), shape=style.shape, color=style.colour,
            size=28 if node == network.centre else 16, borderWidth=4 if node == network.centre else 1, **place,
        )  # fmt: skip
    few = len(network.edges) <= 30
    for edge in network.edges:
        drawing.add_edge(
            edge.source, edge.target, label=edge.relation if few else "", dashes=edge.status != "attested",
            color="#768692",
        )  # fmt: skip
    options = {
        "nodes": {"font": {"size": 14, "color": TEXT}, "scaling": {"label": {"drawThreshold": 9}}},
        "edges": {"font": {"size": 12, "color": TEXT, "align": "middle"}, "smooth": {"type": "continuous"}},
        "layout": {"randomSeed": 7, "improvedLayout": False},
        "interaction": {"keyboard": {"enabled": False, "bindToWindow": False}, "hideEdgesOnDrag": len(network.nodes) > 150},
        "physics": {"enabled": False},
    }  # fmt: skip
    drawing.set_options(json.dumps(options))
    return str(drawing.generate_html(notebook=False))


def _legend(network: Network) -> str:
    styles = dict.fromkeys(style_of(node.kind) for node in network.nodes)
    items = "".join(
        f'<li><span aria-hidden="true" style="color:{s.colour}">{SYMBOLS[s.shape]}</span> {html.escape(s.words)}</li>'
        for s in styles
    )
    return f'<ul class="legend" aria-label="Legend">{items}<li>Solid line: attested; dashed line: otherwise known</li></ul>'


def _table(network: Network) -> str:
    table = as_table(network)
    head = "".join(f'<th scope="col">{c.name.capitalize()}</th>' for c in table.columns)
    rows = "".join(
        "<tr>" + "".join(f"<td>{html.escape(str(row[c.name]))}</td>" for c in table.columns) + "</tr>"
        for row in table.rows
    )
    notes = "".join(f"<p>{html.escape(note)}</p>" for note in table.notes[1:])
    return (
        f'<h2>The same as a table</h2><div class="scroll" tabindex="0" role="region" aria-label="Table of links"><table>'
        f"<caption>{html.escape(table.question)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>"
        f"{notes}<p>Data version {html.escape(table.data_version)}.</p>"
    )
