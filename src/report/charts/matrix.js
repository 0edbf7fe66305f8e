// A grid of squares: the area is one figure, the colour another.
import { base, categoryAxis, colour, font, shade, tooltip } from './style.js';

export function matrix(spec, width, height) {
  const side = Math.min((width - 70) / spec.columns.length, (height - 46) / spec.rows.length) - 6;
  const largest = Math.max(...spec.cells.map((cell) => cell.size), 1);
  const darkest = Math.max(...spec.cells.map((cell) => cell.weight), 0);
  return {
    ...base,
    grid: { left: 4, right: 4, top: 4, bottom: 4, containLabel: true },
    tooltip: { trigger: 'item', ...tooltip((at) => spec.cells[at.dataIndex].text) },
    xAxis: {
      ...categoryAxis(spec.columns),
      axisLine: { show: false },
      splitArea: { show: false },
      splitLine: { show: true, lineStyle: { color: colour.line } },
    },
    yAxis: {
      ...categoryAxis(spec.rows),
      inverse: true,
      axisLine: { show: false },
      splitLine: { show: true, lineStyle: { color: colour.line } },
    },
    series: [
      {
        type: 'scatter',
        symbol: 'rect',
        cursor: 'default',
        emphasis: { disabled: true },
        data: spec.cells.map((cell) => {
          const size = Math.max(3, side * Math.sqrt(cell.size / largest));
          const { fill, text } = shade(Math.sqrt(Math.max(0, cell.weight)), Math.sqrt(darkest));
          return {
            value: [cell.column, cell.row],
            symbolSize: cell.size > 0 ? size : 0,
            itemStyle: { opacity: 1, color: fill, borderColor: 'var(--step-edge)', borderWidth: 1 },
            label: {
              show: size > 24,
              formatter: cell.label,
              color: text,
              fontFamily: font,
              fontSize: size > 34 ? 12 : 10.5,
            },
          };
        }),
      },
    ],
  };
}
