// What pages need beside the framework: charts that zoom and have handles (chart.js reads their values out), and what happens while the server does not answer.
'use strict';
window.cawb = (() => {
  const widthStep = 20, leastWidth = 320, mostWidth = 2560; // as in ChartView
  const dragFrom = 6, hoverEvery = 60;

  // Tells the server one thing at a time: what comes while it is busy waits, and only the last of that is told.
  function teller(server, method) {
    let next = null, telling = null;
    async function tellAll() {
      try {
        while (next) {
          const now = next;
          next = null;
          await server.invokeMethodAsync(method, ...now);
        }
      } catch {
        // Not connected: the page says so elsewhere.
      } finally {
        telling = null;
      }
    }
    return (...what) => {
      next = what;
      telling ??= tellAll();
      return telling;
    };
  }

  // At most once in a while, the last one always.
  function seldom(act) {
    let timer = 0, last = 0, what;
    return value => {
      what = value;
      timer = timer || setTimeout(() => { timer = 0; last = performance.now(); act(what); }, Math.max(0, last + hoverEvery - performance.now()));
    };
  }

  function attach(figure, server) {
    const view = cawbChart.attach(figure), on = view.on;
    const drawing = figure.querySelector('.drawing'), picture = drawing.querySelector('.picture');
    const tell = {};
    for (const method of ['Resize', 'Zoom', 'Reset', 'Point', 'Hover', 'Delete']) { tell[method] = teller(server, method); }

    let width = 0;
    const sized = new ResizeObserver(entries => {
      const now = Math.min(Math.max(Math.floor(entries.at(-1).contentRect.width / widthStep) * widthStep, leastWidth), mostWidth);
      if (now !== width) { width = now; tell.Resize(now); }
    });
    sized.observe(figure);
    const redrawn = new MutationObserver(() => view.read());
    redrawn.observe(picture, { childList: true });

    const hover = seldom(x => tell.Hover(x));
    view.seen = () => { if ('hovers' in figure.dataset) { hover(view.x); } };
    const point = () => { if ('points' in figure.dataset && view.x !== null) { tell.Point(view.x); } };

    // Places, not values, so that a logarithmic axis zooms evenly.
    function zoomBy(share) {
      const axis = view.data.x, middle = view.x === null ? (axis.start + axis.end) / 2 : cawbChart.place(axis, view.x);
      tell.Zoom(cawbChart.value(axis, middle - (middle - axis.start) * share), cawbChart.value(axis, middle + (axis.end - middle) * share));
    }
    const zooms = { in: () => zoomBy(0.5), out: () => zoomBy(2), reset: () => tell.Reset() };
    on(figure, 'click', event => {
      const button = event.target.closest('[data-zoom]');
      if (button && button.getAttribute('aria-disabled') !== 'true') { zooms[button.dataset.zoom](); }
    });
    const zoomKeys = { '+': 'in', '=': 'in', '-': 'out', '0': 'reset', Escape: 'reset' };
    on(figure, 'keydown', event => {
      if (event.target !== figure || event.ctrlKey || event.altKey || event.metaKey) { return; }
      if (zoomKeys[event.key]) { event.preventDefault(); zooms[zoomKeys[event.key]](); }
      if (event.key === 'Enter') { event.preventDefault(); point(); }
    });

    // Dragging over the plot chooses a part; a click chooses a place.
    let from = null, chosen = null;
    const clear = () => { if (chosen) { chosen.remove(); } from = chosen = null; };
    on(picture, 'pointerdown', event => {
      const x = event.button === 0 && event.isPrimary ? view.xOf(event, false) : null;
      if (x !== null) { from = { x, at: event.clientX, id: event.pointerId }; }
    });
    on(picture, 'pointermove', event => {
      if (!from || event.pointerId !== from.id || (!chosen && Math.abs(event.clientX - from.at) < dragFrom)) { return; }
      const { x: across, y: down } = view.data, ends = [from.x, view.xOf(event, true)].map(x => cawbChart.place(across, x)).sort((a, b) => a - b);
      if (!chosen || !chosen.isConnected) {
        picture.setPointerCapture(event.pointerId);
        chosen = view.svg.appendChild(cawbChart.element('rect', { class: 'chosen', y: down.end, height: down.start - down.end }));
      }
      chosen.setAttribute('x', ends[0]);
      chosen.setAttribute('width', ends[1] - ends[0]);
    });
    on(picture, 'pointerup', event => {
      if (!from || event.pointerId !== from.id) { return; }
      const ends = [from.x, view.xOf(event, true)].sort((a, b) => a - b), isPart = chosen !== null;
      clear();
      if (isPart && ends[0] < ends[1]) { tell.Zoom(...ends); } else { point(); }
    });
    on(picture, 'pointercancel', clear);
    on(picture, 'dblclick', () => tell.Reset());

    // Handles. What is being dragged stands where the pointer is, whatever the server has drawn so far.
    let held = null;
    const moves = new Map(), targets = new Map();
    async function move(handle, x, isFinal) {
      const id = handle.dataset.id;
      if (!moves.has(id)) { moves.set(id, teller(server, 'Move')); }
      targets.set(id, x);
      await moves.get(id)(id, x, isFinal);
      targets.delete(id);
    }
    const limits = handle => ['min', 'max', 'now'].map(name => Number(handle.getAttribute('aria-value' + name))).concat(Number(handle.dataset.step));
    function fitted(handle, x) {
      const [least, most, , step] = limits(handle);
      return Math.min(Math.max(Number((least + Math.round((x - least) / step) * step).toPrecision(12)), least), most);
    }
    function hold() {
      const width = view.svg.viewBox.baseVal.width, scale = view.svg.getBoundingClientRect().width / width, style = held.handle.style;
      style.translate = (cawbChart.place(view.data.x, held.x) - parseFloat(style.left) / 100 * width) * scale + 'px';
      view.show(held.x);
    }
    // A style that the server has written has no translate of ours.
    const moved = new MutationObserver(() => { if (held && held.handle.style.translate === '') { hold(); } });
    moved.observe(drawing, { attributes: true, attributeFilter: ['style'], subtree: true });
    on(drawing, 'pointerdown', event => {
      const handle = event.target.closest('.handle');
      if (!handle || event.button !== 0) { return; }
      event.preventDefault();
      handle.focus();
      handle.setPointerCapture(event.pointerId);
      held = { handle, x: limits(handle)[2], hasMoved: false };
    });
    on(drawing, 'pointermove', event => {
      if (held && !held.handle.isConnected) { held = null; }
      if (!held) { return; }
      event.stopPropagation();
      const x = fitted(held.handle, view.xOf(event, true));
      if (x !== held.x) { held.x = x; held.hasMoved = true; hold(); move(held.handle, x, false); }
    });
    async function release() {
      if (!held) { return; }
      const { handle, x, hasMoved } = held;
      held = null;
      if (!hasMoved) { return; }
      view.hide();
      await move(handle, x, true);
      if (!held) { handle.style.translate = ''; }
    }
    on(drawing, 'pointerup', release);
    on(drawing, 'pointercancel', release);
    on(drawing, 'keydown', event => {
      const handle = event.target.closest('.handle');
      if (!handle || event.ctrlKey || event.altKey || event.metaKey) { return; }
      // From where it is going to be: keys may come faster than answers.
      const [least, most, drawn, step] = limits(handle), now = targets.get(handle.dataset.id) ?? drawn, far = step * (event.shiftKey ? 10 : 1);
      const goals = { ArrowLeft: now - far, ArrowDown: now - far, ArrowRight: now + far, ArrowUp: now + far, PageDown: now - 10 * step, PageUp: now + 10 * step, Home: least, End: most };
      if (event.key === 'Delete') {
        event.preventDefault();
        tell.Delete(handle.dataset.id).then(() => { if (!handle.isConnected) { figure.focus(); } });
      } else if (event.key in goals) {
        event.preventDefault();
        move(handle, fitted(handle, goals[event.key]), true);
      }
    });

    return {
      detach() {
        [sized, redrawn, moved].forEach(observer => observer.disconnect());
        view.detach();
      },
    };
  }

  // The framework marks the element while it tries to reach the server again. It tries for as long as the page is open; a server that does not know the page any more gives a new one.
  document.addEventListener('DOMContentLoaded', () => {
    document.getElementById('components-reconnect-modal').addEventListener('components-reconnect-state-changed', event => {
      if (event.detail.state === 'rejected') { location.reload(); }
    });
    Blazor.start({ circuit: { reconnectionOptions: { maxRetries: Infinity, retryIntervalMilliseconds: attempts => attempts === 0 ? 200 : 2000 } } });
  });

  // The address stays as it is: it may hold what the page shows, and #main would be of the root.
  document.addEventListener('click', event => {
    if (event.target.closest('a.skip')) {
      event.preventDefault();
      document.getElementById('main').focus();
    }
  });

  return { attach };
})();
