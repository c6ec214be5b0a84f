import { useEffect, useRef, useState } from 'react';
import type { Actions } from '../../app/actions.ts';
import { useActions } from '../actions-context.ts';
import { Choices } from '../parts/choices.tsx';
import { penOf } from './debug/canvas-pen.ts';
import { drawMap, type Facts } from './debug/draw-map.ts';
import { drawNet } from './debug/draw-net.ts';
import { MapTables, NetTable } from './debug/fact-tables.tsx';
import { NetHistory, type NetSample } from './debug/net-history.ts';
import { Panel } from './panel.tsx';

/** Pictures are drawn this often, tables every fifth time, in milliseconds. */
const DRAW_MS = 100;
const TABLE_TURNS = 5;

const reaches = [
  { value: 10, label: '10 m' },
  { value: 24, label: '24 m' },
  { value: 56, label: '56 m' },
];

type Row = ReturnType<Actions['inspect']>[number];

interface Look {
  rows: Row[];
  facts: Facts | undefined;
  samples: readonly NetSample[];
}

/** What runs, while it is open: a map of interest, circles and zones, the net, and everything in numbers. */
export function DeveloperPanel() {
  const actions = useActions();
  const [reach, setReach] = useState(24);
  const [{ rows, facts, samples }, setLook] = useState<Look>(() => ({
    rows: actions.inspect(),
    facts: actions.debug(),
    samples: [],
  }));
  const [history] = useState(() => new NetHistory());
  const map = useRef<HTMLCanvasElement>(null);
  const net = useRef<HTMLCanvasElement>(null);

  useEffect(() => {
    let turn = 0;
    const draw = () => {
      const facts = actions.debug();
      if (!facts) return;
      const nowMs = performance.now();
      history.add(facts.net, nowMs);
      const mapPen = map.current && penOf(map.current);
      if (mapPen) drawMap(mapPen, facts, reach);
      const netPen = net.current && penOf(net.current);
      if (netPen) drawNet(netPen, history.samples, nowMs);
      if (turn++ % TABLE_TURNS === 0)
        setLook({ rows: actions.inspect(), facts, samples: [...history.samples] });
    };
    draw();
    const timer = setInterval(draw, DRAW_MS);
    return () => clearInterval(timer);
  }, [actions, history, reach]);

  const groups = Map.groupBy(rows, (row) => row.group);
  return (
    <Panel title="For developers" takesFocus>
      <section className="group" aria-label="Map">
        <canvas
          ref={map}
          className="debug-map"
          role="img"
          aria-label="Map around us: interest cells, radii, circles, zones and people. The tables below say the same."
        />
        <Choices
          label="From the middle to the edge"
          options={reaches}
          value={reach}
          change={setReach}
          hint="Squares are interest cells with how often a second their poses come. Dashed outlines are zones. Hulls are circles: thick ones are locked."
        />
        {facts && <MapTables facts={facts} />}
      </section>
      <section className="group" aria-label="Net">
        <canvas
          ref={net}
          className="debug-net"
          role="img"
          aria-label="The net over the last 30 seconds. The table below says the same."
        />
        <NetTable samples={samples} />
      </section>
      <section className="group" aria-label="Everything else">
        {[...groups].map(([group, rows]) => (
          <table className="facts" key={group}>
            <caption>{group}</caption>
            <tbody>
              {rows.map((row) => (
                <tr key={row.label}>
                  <th scope="row">{row.label}</th>
                  <td>{row.value}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
        {rows.length === 0 && <p className="hint">Nothing to tell yet.</p>}
      </section>
    </Panel>
  );
}
