// The network as a Streamlit component. Text goes in as text only (textContent, canvas labels), never as HTML.
import { DataSet, Network } from "./vis-network.min.mjs";

const TEXT = "#212b32";
const LINE = "#768692";
const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  dot: "M8 1a7 7 0 1 0 .01 0z",
  square: "M1 1h14v14H1z",
  triangle: "M8 1l7 14H1z",
  triangleDown: "M1 1h14L8 15z",
  diamond: "M8 0l8 8-8 8-8-8z",
  star: "M8 0l2.3 5.4 5.7.5-4.3 3.8 1.3 5.8L8 12.4l-5 3.1 1.3-5.8L0 5.9l5.7-.5z",
  hexagon: "M4 1h8l4 7-4 7H4L0 8z",
};

function svg(name, attributes) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}

function legendItem(words, picture) {
  const item = document.createElement("li");
  const icon = svg("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" });
  icon.append(picture);
  const text = document.createElement("span");
  text.textContent = words;
  item.append(icon, text);
  return item;
}

function drawLegend(list, data) {
  const items = data.legend.map((s) => legendItem(s.words, svg("path", { d: SHAPES[s.shape], fill: s.colour })));
  const line = { d: "M0 8h16", stroke: LINE, "stroke-width": 2, fill: "none" };
  items.push(legendItem("attested in a source", svg("path", line)));
  items.push(legendItem("known otherwise", svg("path", { ...line, "stroke-dasharray": "4 3" })));
  list.replaceChildren(...items);
}

// One line per pair and direction; several relations share it.
function drawnEdges(data) {
  const pairs = new Map();
  for (const edge of data.edges) {
    const key = JSON.stringify([edge.from, edge.to]);
    const pair = pairs.get(key) ?? { id: key, from: edge.from, to: edge.to, words: new Set(), attested: false };
    pair.words.add(edge.relation);
    pair.attested ||= edge.attested;
    pairs.set(key, pair);
  }
  return [...pairs.values()].map((p) => ({ ...p, words: [...p.words].join(", "), dashes: !p.attested }));
}

function start(box, status, data) {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const placed = data.nodes.some((n) => n.x !== null);
  const byId = new Map(data.nodes.map((n) => [n.id, n]));
  const edges = drawnEdges(data);
  const neighbours = new Map(data.nodes.map((n) => [n.id, []]));
  for (const edge of edges) {
    neighbours.get(edge.from).push(edge.to);
    neighbours.get(edge.to).push(edge.from);
  }
  const order = new Map(data.nodes.map((n, i) => [n.id, i]));
  for (const [id, list] of neighbours) {
    neighbours.set(id, [...new Set(list)].sort((a, b) => order.get(a) - order.get(b)));
  }

  const drawn = new DataSet(
    data.nodes.map((n) => ({
      id: n.id,
      label: n.label,
      shape: n.shape,
      color: { background: n.colour, border: n.colour, highlight: { background: n.colour, border: "#ffb81c" } },
      size: n.id === data.centre ? 26 : 15,
      ...(n.x === null ? {} : { x: n.x, y: n.y }),
    })),
  );
  const lines = new DataSet(
    edges.map((e) => ({ id: e.id, from: e.from, to: e.to, dashes: e.dashes, label: "" })),
  );
  const net = new Network(
    box,
    { nodes: drawn, edges: lines },
    {
      autoResize: true,
      nodes: {
        borderWidth: 1,
        borderWidthSelected: 6,
        font: { size: 16, color: TEXT, strokeWidth: 3, strokeColor: "#ffffff" },
        scaling: { label: { drawThreshold: 8 } }, // no label that is too small to read
      },
      edges: {
        arrows: { to: { enabled: true, scaleFactor: 0.5 } },
        color: { color: LINE, highlight: TEXT },
        font: { size: 15, color: TEXT, strokeWidth: 3, strokeColor: "#ffffff" },
        smooth: placed ? false : { enabled: true, type: "continuous", roundness: 0.4 },
        selectionWidth: 2,
      },
      layout: { randomSeed: 7, improvedLayout: false },
      interaction: { keyboard: { enabled: false, bindToWindow: false }, navigationButtons: false, hover: true, zoomSpeed: 0.6 },
      physics: placed
        ? { enabled: false }
        : {
            solver: "forceAtlas2Based",
            forceAtlas2Based: { gravitationalConstant: -90, springLength: 170, avoidOverlap: 0.8 },
            stabilization: { enabled: true, iterations: 200, fit: true },
          },
    },
  );

  // One stop for the Tab key, with our keys; the picture itself is an image with a text.
  const canvas = box.querySelector("canvas");
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", data.description);
  const frame = box.querySelector(".vis-network");
  if (frame) frame.tabIndex = -1;

  // A large network is drawn small: then the centre, the selected thing and the one under the pointer are written large.
  let large = new Set();
  function write(...ids) {
    const size = 16 / Math.min(1, net.getScale());
    const now = new Set(ids.filter((id) => id !== undefined));
    const changed = [...large].filter((id) => !now.has(id)).map((id) => ({ id, font: { size: 16 } }));
    drawn.update([...changed, ...[...now].map((id) => ({ id, font: { size } }))]);
    large = now;
  }

  const state = { net, data, choose: () => {}, selected: data.centre, anchor: data.centre, trail: [] };

  function select(id, { move = true } = {}) {
    state.selected = id;
    net.selectNodes([id]);
    if (placed) write(data.centre, id);
    // What a line means is written on the lines of the selected thing; around the centre the status line says it.
    const told = (e) => id !== data.centre && (e.from === id || e.to === id);
    lines.update(edges.map((e) => ({ id: e.id, label: told(e) ? e.words : "" })));
    const node = byId.get(id);
    const links = neighbours.get(id).length;
    let how = "";
    for (const e of edges) {
      if (e.from === state.anchor && e.to === id) how = `${byId.get(state.anchor).name} ${e.words} this. `;
      else if (!how && e.to === state.anchor && e.from === id) how = `This ${e.words} ${byId.get(state.anchor).name}. `;
    }
    status.textContent = `Selected: ${node.name}${node.kind ? ` (${node.kind})` : ""}. ${how}${links} link${links === 1 ? "" : "s"}.`;
    box.dataset.selected = id;
    if (move) {
      const at = net.canvasToDOM(net.getPosition(id));
      const away = at.x < 20 || at.y < 20 || at.x > box.clientWidth - 20 || at.y > box.clientHeight - 20;
      if (away) net.moveTo({ position: net.getPosition(id), animation: still ? false : { duration: 200 } });
    }
  }

  function sideways(step) {
    const ring = neighbours.get(state.anchor);
    if (!ring.length) return;
    const at = ring.indexOf(state.selected);
    select(ring[at < 0 ? (step > 0 ? 0 : ring.length - 1) : (at + step + ring.length) % ring.length]);
  }

  const keys = {
    ArrowRight: () => sideways(1),
    ArrowLeft: () => sideways(-1),
    ArrowDown: () => {
      if (state.selected !== state.anchor) {
        state.trail.push(state.anchor);
        state.anchor = state.selected;
      }
      sideways(1);
    },
    ArrowUp: () => {
      if (state.selected === state.anchor) state.anchor = state.trail.pop() ?? state.anchor;
      select(state.anchor);
    },
    Home: () => {
      state.anchor = data.centre;
      state.trail = [];
      select(data.centre);
    },
    Enter: () => state.choose(state.selected),
  };
  box.onkeydown = (event) => {
    if (!(event.key in keys) || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    keys[event.key]();
  };
  net.on("click", (event) => {
    if (!event.nodes.length) return;
    state.trail = [];
    state.anchor = event.nodes[0];
    select(event.nodes[0], { move: false });
    state.choose(event.nodes[0]);
  });
  if (placed) {
    net.on("hoverNode", (event) => write(data.centre, state.selected, event.node));
    net.on("blurNode", () => write(data.centre, state.selected));
    net.on("zoom", () => write(data.centre, state.selected));
  }
  const ready = () => {
    net.setOptions({ physics: false });
    net.fit({ maxZoomLevel: 1.2, animation: false });
    if (placed) write(data.centre);
    box.dataset.ready = "yes";
  };
  if (placed) ready();
  else net.once("stabilizationIterationsDone", ready);
  return state;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const box = parentElement.querySelector(".cg-network");
  const status = parentElement.querySelector(".cg-selected");
  const signature = JSON.stringify([data.centre, data.nodes.map((n) => n.id), data.edges]);
  // On a narrow screen the picture is as high as it is wide: more would stay empty, for it is drawn to fit the width.
  box.style.height = `${Math.min(data.height, Math.max(320, 1.1 * box.clientWidth))}px`;
  box.setAttribute("aria-label", `${data.description} Arrow keys move, Enter chooses. The table says the same.`);
  if (box._signature !== signature) {
    box._state?.net.destroy();
    box.removeAttribute("data-ready");
    status.textContent = "";
    drawLegend(parentElement.querySelector(".cg-legend"), data);
    box._state = start(box, status, data);
    box._signature = signature;
  }
  box._state.choose = (id) => setTriggerValue("selected", id);
  return () => {
    box._state?.net.destroy();
    box._state = null;
    box._signature = null;
  };
}
