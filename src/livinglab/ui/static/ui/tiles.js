/* The map as one tab stop: arrow keys go to the neighbouring region, Home and End to the first and last.
   Without this script every tile is a plain link. */
for (const map of document.querySelectorAll("[data-tiles]")) {
  const links = [...map.querySelectorAll("a")];
  const now = map.parentElement.querySelector("[data-tiles-now]");
  const places = new Map(links.map((link) => {
    const use = link.querySelector("use");
    const half = link.parentElement.transform.baseVal;
    const shift = half.numberOfItems ? half.getItem(0).matrix.e : 0;
    return [link, { x: use.x.baseVal.value + shift, y: use.y.baseVal.value }];
  }));
  const AWAY = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  /* The nearest tile that way; going astray sideways costs double. */
  const neighbour = (from, [dx, dy]) => {
    const here = places.get(from);
    let best = null;
    let least = Infinity;
    for (const [link, there] of places) {
      const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy;
      const astray = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx);
      const cost = ahead + 2 * astray;
      if (ahead > 0 && astray <= 2 * ahead && cost < least) [best, least] = [link, cost];
    }
    return best;
  };
  const makeStop = (link) => {
    for (const other of links) other.setAttribute("tabindex", other === link ? "0" : "-1");
  };
  const say = (link) => { now.textContent = link ? link.querySelector("title").textContent : ""; };

  makeStop(links[0]);
  map.addEventListener("keydown", (event) => {
    const link = event.target.closest("a");
    if (!link || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = event.key === "Home" ? links[0]
      : event.key === "End" ? links.at(-1)
      : AWAY[event.key] ? neighbour(link, AWAY[event.key]) : undefined;
    if (next === undefined) return;
    event.preventDefault();
    if (next) { makeStop(next); next.focus(); }
  });
  map.addEventListener("focusin", (event) => { makeStop(event.target.closest("a")); say(event.target.closest("a")); });
  map.addEventListener("pointerover", (event) => { const link = event.target.closest("a"); if (link) say(link); });
  map.addEventListener("pointerleave", () => say(null));
}
