// What every page shares and Streamlit has no setting for. Registered once for a tab; the page is watched for changes.
export default function () {
  if (window.__cgFrame) return;
  window.__cgFrame = true;

  // 'r' reruns the app and 'c' opens a dialog (WCAG 2.1.4): neither reaches Streamlit unless one is typing.
  window.addEventListener("keydown", (event) => {
    const target = event.composedPath()[0];
    const typing = target.isContentEditable || /INPUT|TEXTAREA|SELECT/.test(target.tagName);
    if (/^[rc]$/i.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey && !typing) {
      event.stopImmediatePropagation();
    }
  }, true);

  const main = () => document.querySelector('[data-testid="stMain"]') || document.body;
  const ours = (anchor) => {
    const link = new URL(anchor.href, document.baseURI);
    const home = new URL(document.baseURI).pathname.replace(/[^/]*$/, "");
    const parts = link.pathname.slice(home.length).split("/");
    return link.origin === location.origin && link.pathname.startsWith(home) && parts.length === 1 && !anchor.hasAttribute("download");
  };

  // A link to another page of the app changes the page in this tab and keeps the session: Streamlit opens every link
  // of a text in a new tab, and a new tab forgets what was typed or uploaded. With Ctrl, Cmd or Shift the browser decides.
  document.addEventListener("click", (event) => {
    const anchor = event.composedPath().find((part) => part.tagName === "A" && part.href);
    if (!anchor || !main().contains(anchor) || !ours(anchor)) return;
    if (event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    history.pushState({}, "", anchor.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
    main().scrollTo(0, 0);
    main().tabIndex = -1;
    main().focus({ preventScroll: true });
  }, true);

  const scrolls = '[data-testid="stTable"] > div, [data-testid="stVegaLiteChart"], [data-testid="stCode"] pre';
  const scan = () => {
    main().querySelectorAll('a[target="_blank"]').forEach((anchor) => { if (ours(anchor)) anchor.removeAttribute("target"); });
    // On a narrow screen rows become blocks (frame.css): each cell carries its heading, and the parts say what they are,
    // because a table that is not displayed as one loses its roles.
    document.querySelectorAll('[data-testid="stTable"] table').forEach((table) => {
      const headings = [...table.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
      const mark = (part, role) => { if (part.getAttribute("role") !== role) part.setAttribute("role", role); };
      mark(table, "table");
      table.querySelectorAll("thead, tbody").forEach((part) => mark(part, "rowgroup"));
      table.querySelectorAll("tr").forEach((part) => mark(part, "row"));
      table.querySelectorAll("thead th").forEach((part) => mark(part, "columnheader"));
      table.querySelectorAll("tbody tr").forEach((row) => [...row.children].forEach((cell, i) => {
        if (cell.tagName === "TD") mark(cell, "cell");
        if (cell.dataset.heading !== (headings[i] || "")) cell.dataset.heading = headings[i] || "";
        const empty = !cell.textContent.trim();
        if (cell.hasAttribute("data-empty") !== empty) cell.toggleAttribute("data-empty", empty);
      }));
    });
    // What scrolls by itself must be within reach of the Tab key.
    document.querySelectorAll(scrolls).forEach((part) => {
      if (part.scrollWidth > part.clientWidth) { if (part.tabIndex !== 0) part.tabIndex = 0; }
      else if (part.getAttribute("tabindex") === "0") part.removeAttribute("tabindex");
    });
  };
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(scan, 100); };
  new MutationObserver(soon).observe(document.body, { childList: true, subtree: true });
  window.addEventListener("resize", soon);
  soon();
}
