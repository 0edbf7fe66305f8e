// Who moved from which class to which.
import { base, colour, font, tooltip } from './style.js';

export function sankey(spec, width) {
  const narrow = width < 560;
  return {
    ...base,
    tooltip: {
      trigger: 'item',
      ...tooltip((at) => (at.dataType === 'edge' ? spec.links[at.dataIndex] : spec.nodes[at.dataIndex]).text),
    },
    series: [
      {
        type: 'sankey',
        left: narrow ? 108 : 170,
        right: narrow ? 104 : 170,
        top: 6,
        bottom: 10,
        nodeWidth: 10,
        nodeGap: narrow ? 8 : 12,
        layoutIterations: 0,
        draggable: false,
        labelLayout: { moveOverlap: 'shiftY' },
        cursor: 'default',
        emphasis: { disabled: true },
        nodes: spec.nodes.map((node) => ({
          name: node.name,
          depth: node.side,
          itemStyle: { color: colour[node.colour], borderWidth: 0 },
          label: {
            position: node.side === 0 ? 'left' : 'right',
            formatter: () => (narrow ? node.label : node.longLabel),
            color: colour.ink,
            fontFamily: font,
            fontSize: narrow ? 10.5 : 12.5,
          },
        })),
        links: spec.links.map((link) => ({
          source: link.source,
          target: link.target,
          value: link.value,
          lineStyle: { color: colour[link.colour], opacity: link.colour === 'quiet' ? 0.22 : 0.34, curveness: 0.5 },
        })),
      },
    ],
  };
}
