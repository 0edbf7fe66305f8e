// Draws the charts of a report from the data that the page carries. The page can be read without.
import { BarChart, HeatmapChart, LineChart, SankeyChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components';
import * as echarts from 'echarts/core';
import { LabelLayout } from 'echarts/features';
import { SVGRenderer } from 'echarts/renderers';

import { bars } from './bars.js';
import { heat } from './heat.js';
import { lines } from './lines.js';
import { matrix } from './matrix.js';
import { sankey } from './sankey.js';

echarts.use([
  BarChart, HeatmapChart, LineChart, SankeyChart, ScatterChart,
  GridComponent, MarkLineComponent, TooltipComponent, LabelLayout, SVGRenderer,
]);

const renderers = { bars, heat, lines, matrix, sankey };

// With a viewBox the printed page can scale the drawing.
function makeScalable(element) {
  const svg = element.querySelector('svg');
  if (!svg) return;
  svg.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`);
  svg.setAttribute('aria-hidden', 'true');
}

function draw(element, spec) {
  const { clientWidth: width, clientHeight: height } = element;
  if (width === 0) return;
  const chart = echarts.getInstanceByDom(element) || echarts.init(element, null, { renderer: 'svg' });
  chart.resize({ width, height });
  chart.setOption(renderers[spec.kind](spec, width, height), true);
  makeScalable(element);
}

const specs = JSON.parse(document.getElementById('chart-data').textContent);
const widths = new Map();
const watcher = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (widths.get(target) === target.clientWidth || matchMedia('print').matches) continue;
    widths.set(target, target.clientWidth);
    draw(target, specs[target.dataset.chart]);
  }
});
document.documentElement.classList.add('has-charts');
for (const element of document.querySelectorAll('[data-chart]')) watcher.observe(element);
