"""The network as a Streamlit component.

The drawing library and our script are assets of this package, served by Streamlit itself under its base path
(``asset_dir`` in ``competence_graph/pyproject.toml``) and cached by the browser; nothing comes from elsewhere.
"""

from __future__ import annotations

import functools
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from competence_graph.views.network import Network
from competence_graph.views.style import style_of, wrapped

NAME = "competence-graph.network"
"""As Streamlit builds it: project, component."""
_HTML = """
<div class="cg-network" role="application" tabindex="0"></div>
<p class="cg-keys">Click a thing, or use the keyboard: left and right arrow for the next link, down arrow to go on from the
selected thing, up arrow to go back, Enter to choose.</p>
<p class="cg-selected" role="status"></p>
<ul class="cg-legend" aria-label="Legend"></ul>
"""


@functools.cache
def _renderer() -> ComponentRenderer:
    """Register the component; once, because Streamlit warns of a second time."""
    return st.components.v2.component(NAME, html=_HTML, css="network.css", js="network.js")


def show(network: Network, *, key: str, height: int = 480) -> str | None:
    """Draw a network and return the identifier of the node just clicked or chosen with Enter, else None.

    Parameters
    ----------
    network : Network
        From :func:`competence_graph.views.network.ego`; put :func:`competence_graph.views.network.as_table` beside it.
    key : str
        Unique on the page; may stay the same for another network.
    height : int, default 480
        Of the drawing, in pixels.
    """
    result = _renderer()(key=key, data=payload(network, height=height), on_selected_change=lambda: None)
    selected = result.get("selected")
    known = {node.id for node in network.nodes}
    return selected if isinstance(selected, str) and selected in known else None


def payload(network: Network, *, height: int) -> dict[str, Any]:
    """Return what the browser gets."""
    nodes = []
    for node in network.nodes:
        style = style_of(node.kind)
        x, y = network.positions.get(node.id, (None, None))
        nodes.append(
            {
                "id": node.id, "label": wrapped(node.label), "name": node.label, "kind": node.kind,
                "shape": style.shape, "colour": style.colour, "x": x, "y": y,
            }
        )  # fmt: skip
    return {
        "description": network.description,
        "centre": network.centre.id,
        "height": height,
        "nodes": nodes,
        "edges": [
            {"from": e.source, "to": e.target, "relation": e.relation, "attested": e.status == "attested"}
            for e in network.edges
        ],
        "legend": [
            {"shape": s.shape, "colour": s.colour, "words": s.words}
            for s in dict.fromkeys(style_of(node.kind) for node in network.nodes)
        ],
    }
