// Reads the values of a drawn chart out, under the pointer and for the arrow keys. A page that draws its charts anew calls read() of what attach gave.
var cawbChart = (function () {
  'use strict';
  var ns = 'http://www.w3.org/2000/svg';
  function text(value, digits) {
    if (value === 0) { return '0'; }
    var size = Math.abs(value);
    return size >= 1e-5 && size < 1e9 ? String(Number(value.toPrecision(digits))) : value.toExponential(Math.min(digits, 8) - 2);
  }
  function place(axis, value) {
    var f = axis.log ? function (v) { return Math.log10(Math.max(v, axis.min * 1e-3)); } : function (v) { return v; };
    return axis.start + (f(value) - f(axis.min)) / (f(axis.max) - f(axis.min)) * (axis.end - axis.start);
  }
  function value(axis, at) {
    var t = (at - axis.start) / (axis.end - axis.start);
    return axis.log ? axis.min * Math.pow(axis.max / axis.min, t) : axis.min + t * (axis.max - axis.min);
  }
  // Index of the last x at or before v, or -1.
  function before(xs, v) {
    var low = 0, high = xs.length;
    while (low < high) { var middle = (low + high) >> 1; if (xs[middle] <= v) { low = middle + 1; } else { high = middle; } }
    return low - 1;
  }
  function nearest(xs, v) {
    var i = Math.max(before(xs, v), 0);
    return i + 1 < xs.length && xs[i + 1] - v < v - xs[i] ? i + 1 : i;
  }
  function element(name, attributes) {
    var made = document.createElementNS(ns, name);
    Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
    return made;
  }
  function attach(figure) {
    var box = figure.querySelector('.readout'), ended = new AbortController();
    var stops, layer;
    // x is where the values are read, or null; seen() is called when it changes.
    var view = { x: null, data: null, svg: null, seen: null, read: read, show: show, hide: hide, step: step, xOf: xOf, on: on, detach: detach };
    function on(target, type, act) { target.addEventListener(type, act, { signal: ended.signal }); }
    function detach() { ended.abort(); }
    function read() {
      view.svg = figure.querySelector('svg.cawb');
      var data = view.data = JSON.parse(figure.querySelector('script').textContent);
      layer = view.svg.appendChild(element('g', {}));
      stops = [];
      data.series.forEach(function (s) {
        if (typeof s.x === 'number') { s.x = data.series[s.x].x; } else { stops = stops.concat(s.x); }
      });
      stops = stops.filter(function (x) { return x >= data.x.min && x <= data.x.max; }).sort(function (a, b) { return a - b; });
      stops = stops.filter(function (x, i) { return i === 0 || x !== stops[i - 1]; });
      if (view.x === null) { return; }
      if (view.x < data.x.min || view.x > data.x.max) { hide(); } else { show(view.x); }
    }
    function hide() { layer.replaceChildren(); box.replaceChildren(); view.x = null; }
    function step(by) {
      var i = view.x === null ? (by > 0 ? -1 : 0) : nearest(stops, view.x);
      show(stops[Math.min(Math.max(i + by, 0), stops.length - 1)]);
    }
    // Reads the values at the nearest place that has some.
    function show(wanted) {
      if (stops.length === 0) { return; }
      var data = view.data, x = stops[nearest(stops, wanted)], at = place(data.x, x);
      var isNew = x !== view.x;
      view.x = x;
      layer.replaceChildren(element('line', { class: 'guide', x1: at, x2: at, y1: data.y.end, y2: data.y.start }));
      var head = document.createElement('b');
      head.textContent = (data.label || 'x') + ' ' + text(x, data.x.digits);
      box.replaceChildren(head);
      data.series.forEach(function (s) {
        var i = s.steps ? before(s.x, x) : nearest(s.x, x);
        var far = s.steps ? x > s.x[s.x.length - 1] : Math.abs(place(data.x, s.x[Math.max(i, 0)]) - at) > 3;
        if (i < 0 || far) { return; }
        var stroke = view.svg.querySelector('.s' + s.colour), colour = stroke ? getComputedStyle(stroke).stroke : '#888';
        layer.appendChild(element('circle', { class: 'spot', cx: at, cy: place(data.y, s.y[i]), r: 4.5, fill: colour }));
        var row = document.createElement('div'), dot = document.createElement('i'), digits = data.y.digits - 1;
        dot.style.setProperty('--colour', colour);
        row.append(dot, s.name + ': ' + text(s.y[i], digits) + (s.low ? ' (' + text(s.low[i], digits) + ' to ' + text(s.high[i], digits) + ')' : ''));
        box.appendChild(row);
      });
      var corner = new DOMPoint(at, data.y.end).matrixTransform(view.svg.getScreenCTM()), frame = figure.getBoundingClientRect();
      var left = corner.x - frame.left + 14;
      if (left + box.offsetWidth > frame.width) { left = Math.max(0, corner.x - frame.left - box.offsetWidth - 14); }
      box.style.left = left + 'px';
      box.style.top = corner.y - frame.top + 8 + 'px';
      if (isNew && view.seen) { view.seen(); }
    }
    // Value of the axis under the pointer, not beyond its ends; null outside the plot.
    function xOf(event, isNearEnough) {
      var axis = view.data.x, point = new DOMPoint(event.clientX, event.clientY).matrixTransform(view.svg.getScreenCTM().inverse());
      if (!isNearEnough && (point.x < axis.start - 8 || point.x > axis.end + 8)) { return null; }
      return value(axis, Math.min(Math.max(point.x, axis.start), axis.end));
    }
    function follow(event) {
      var x = view.svg.contains(event.target) ? xOf(event, false) : null;
      if (x === null) { hide(); } else { show(x); }
    }
    on(figure, 'pointermove', follow);
    on(figure, 'pointerdown', follow);
    on(figure, 'pointerleave', function (event) { if (event.pointerType === 'mouse') { hide(); } });
    on(figure, 'blur', hide);
    on(figure, 'keydown', function (event) {
      if (event.target !== figure || event.ctrlKey || event.altKey || event.metaKey) { return; }
      if (event.key === 'Escape') { hide(); }
      if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') { return; }
      event.preventDefault();
      step((event.key === 'ArrowRight' ? 1 : -1) * (event.shiftKey ? 10 : 1));
    });
    read();
    return view;
  }
  return { attach: attach, place: place, value: value, element: element };
})();
