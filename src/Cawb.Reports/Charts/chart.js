(function () {
  'use strict';
  var ns = 'http://www.w3.org/2000/svg';
  function text(value) {
    if (value === 0) { return '0'; }
    var size = Math.abs(value);
    return size >= 1e-5 && size < 1e9 ? String(Number(value.toPrecision(5))) : value.toExponential(3);
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
  document.querySelectorAll('figure.chart').forEach(function (figure) {
    var data = JSON.parse(figure.querySelector('script').textContent);
    var svg = figure.querySelector('svg'), box = figure.querySelector('.readout');
    var layer = svg.appendChild(document.createElementNS(ns, 'g'));
    var stops = [];
    data.series.forEach(function (s) { stops = stops.concat(s.x); });
    stops = stops.filter(function (x) { return x >= data.x.min && x <= data.x.max; }).sort(function (a, b) { return a - b; });
    stops = stops.filter(function (x, i) { return i === 0 || x !== stops[i - 1]; });
    var current = -1;
    function hide() { layer.replaceChildren(); box.hidden = true; current = -1; }
    function show(index) {
      if (index < 0 || index >= stops.length) { return; }
      current = index;
      var x = stops[index], at = place(data.x, x);
      var guide = document.createElementNS(ns, 'line');
      [['class', 'guide'], ['x1', at], ['x2', at], ['y1', data.y.end], ['y2', data.y.start]].forEach(function (a) { guide.setAttribute(a[0], a[1]); });
      layer.replaceChildren(guide);
      var head = document.createElement('b');
      head.textContent = (data.label || 'x') + ' ' + text(x);
      box.replaceChildren(head);
      data.series.forEach(function (s) {
        var i = s.steps ? before(s.x, x) : nearest(s.x, x);
        var far = s.steps ? x > s.x[s.x.length - 1] : Math.abs(place(data.x, s.x[Math.max(i, 0)]) - at) > 3;
        if (i < 0 || far) { return; }
        var stroke = svg.querySelector('.s' + s.colour), colour = stroke ? getComputedStyle(stroke).stroke : '#888';
        var spot = document.createElementNS(ns, 'circle');
        [['class', 'spot'], ['cx', at], ['cy', place(data.y, s.y[i])], ['r', 4.5], ['fill', colour]].forEach(function (a) { spot.setAttribute(a[0], a[1]); });
        layer.appendChild(spot);
        var row = document.createElement('div'), dot = document.createElement('i');
        dot.style.setProperty('--colour', colour);
        row.append(dot, s.name + ': ' + text(s.y[i]) + (s.low ? ' (' + text(s.low[i]) + ' to ' + text(s.high[i]) + ')' : ''));
        box.appendChild(row);
      });
      box.hidden = false;
      var scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
      var left = at * scale + 14;
      if (left + box.offsetWidth > figure.clientWidth) { left = Math.max(0, at * scale - box.offsetWidth - 14); }
      box.style.left = left + 'px';
      box.style.top = (data.y.end + 8) * scale + 'px';
    }
    svg.addEventListener('pointermove', function (event) {
      var frame = svg.getBoundingClientRect();
      var at = (event.clientX - frame.left) * svg.viewBox.baseVal.width / frame.width;
      if (at < data.x.start - 8 || at > data.x.end + 8) { hide(); } else { show(nearest(stops, value(data.x, at))); }
    });
    svg.addEventListener('pointerleave', hide);
    figure.addEventListener('blur', hide);
    figure.addEventListener('keydown', function (event) {
      if (event.key === 'Escape') { hide(); return; }
      if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') { return; }
      event.preventDefault();
      var step = (event.key === 'ArrowRight' ? 1 : -1) * (event.shiftKey ? 10 : 1);
      show(Math.min(Math.max(current + step, 0), stops.length - 1));
    });
  });
})();
