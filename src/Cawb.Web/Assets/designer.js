// What the designer needs beside the framework: the clipboard, and arrow keys that lead through trees and tabs without scrolling the page.
'use strict';
window.cawbDesigner = (() => {
  const keys = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];
  document.addEventListener('keydown', event => {
    if (keys.includes(event.key) && event.target.closest('[role="tree"], [role="tablist"]')) { event.preventDefault(); }
  });

  // Browsers give the clipboard to pages of this machine and to encrypted ones alone; elsewhere the old command does it.
  async function copy(text) {
    if (navigator.clipboard) {
      try { await navigator.clipboard.writeText(text); return true; } catch { /* not allowed: the old way */ }
    }
    const area = document.createElement('textarea'), before = document.activeElement;
    area.value = text;
    area.style.position = 'fixed';
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy');
    area.remove();
    before?.focus();
    return done;
  }
  return { copy };
})();
