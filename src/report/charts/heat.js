// A grid of cells, darker where there is more.
import { base, categoryAxis, colour, shade, tooltip } from './style.js';

export function heat(spec) {
  const max = Math.max(...spec.cells.map((cell) => cell[2]), 0);
  return {
    ...base,
    grid: { left: 4, right: 8, top: 8, bottom: 4, containLabel: true },
    tooltip: { trigger: 'item', ...tooltip((at) => spec.cells[at.dataIndex][3]) },
    xAxis: { ...categoryAxis(spec.columns), axisLine: { show: false } },
    yAxis: { ...categoryAxis(spec.rows), inverse: true, axisLine: { show: false } },
    series: [
      {
        type: 'heatmap',
        cursor: 'default',
        emphasis: { disabled: true },
        data: spec.cells.map(([x, y, value]) => ({
          value: [x, y, value],
          itemStyle: {
            color: shade(value, max).fill,
            borderColor: colour.ground,
            borderWidth: 2,
            borderRadius: 3,
          },
        })),
      },
    ],
  };
}
