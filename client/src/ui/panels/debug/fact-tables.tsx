import { useApp } from '../../../store/store.ts';
import type { Facts } from './draw-map.ts';
import { type NetSample, spreadOf } from './net-history.ts';

/** People listed at most, nearest first. */
const LISTED = 16;

interface TableProps {
  caption: string;
  heads: string[];
  rows: { key: string | number; cells: string[] }[];
}

/** A table whose first column names its rows. */
function Table({ caption, heads, rows }: TableProps) {
  return (
    <table className="facts" data-wide={heads.length > 2}>
      <caption>{caption}</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, cells: [first, ...rest] }) => (
          <tr key={key}>
            <th scope="row">{first}</th>
            {rest.map((cell, i) => (
              <td key={heads[i + 1]}>{cell}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The graph's numbers in words. */
export function NetTable({ samples }: { samples: readonly NetSample[] }) {
  const row = (label: string, unit: string, pick: (sample: NetSample) => number | undefined) => {
    const { now, least, most } = spreadOf(samples, pick);
    const say = (value: number | undefined) =>
      value === undefined ? '–' : `${value >= 100 ? Math.round(value) : value.toFixed(1)} ${unit}`;
    return { key: label, cells: [label, say(now), say(least), say(most)] };
  };
  const corrected = samples.reduce((sum, sample) => sum + sample.corrected, 0);
  return (
    <>
      <Table
        caption="The last 30 seconds"
        heads={['Net', 'now', 'least', 'most']}
        rows={[
          row('Round trip', 'ms', (s) => s.roundTripMs),
          row('Shown behind', 'ms', (s) => s.delayMs),
          row('Jitter', 'ms', (s) => s.jitterMs),
          row('Poses', 'B/s', (s) => s.bytesPerSecond),
          row('Pose frames', '/s', (s) => s.framesPerSecond),
        ]}
      />
      <p className="hint">
        {corrected === 0 ? 'No correction' : `${corrected} ${corrected === 1 ? 'correction' : 'corrections'}`}{' '}
        of our own place in that time.
      </p>
    </>
  );
}

/** The map's dots and hulls in words. */
export function MapTables({ facts }: { facts: Facts }) {
  const { me, people, circles, cells, cellMetres } = facts;
  const members = useApp((state) => state.people);
  const away = ({ x, z }: { x: number; z: number }) => Math.hypot(x - me.x, z - me.z);
  const hertzAt = ({ x, z }: { x: number; z: number }) =>
    cells.find((cell) => Math.max(Math.abs(cell.x - x), Math.abs(cell.z - z)) <= cellMetres / 2)?.hertz;
  const listed = people.toSorted((a, b) => away(a) - away(b)).slice(0, LISTED);
  return (
    <>
      {listed.length > 0 && (
        <Table
          caption={people.length > LISTED ? `The nearest ${LISTED} of ${people.length}` : 'People on the map'}
          heads={['Who', 'away', 'circle', 'told']}
          rows={listed.map((person) => {
            const hertz = hertzAt(person);
            return {
              key: person.id,
              cells: [
                `${person.id} ${person.name}`,
                `${away(person).toFixed(1)} m`,
                person.circle === 0 ? '–' : String(person.circle),
                hertz === undefined ? '–' : `${hertz} Hz`,
              ],
            };
          })}
        />
      )}
      {circles.length > 0 && (
        <Table
          caption="Circles on the map"
          heads={['Circle', 'people', 'lock']}
          rows={circles.map(({ id, locked }) => ({
            key: id,
            cells: [
              String(id),
              String(Object.values(members).filter((person) => person.circle === id).length),
              locked ? 'locked' : 'open',
            ],
          }))}
        />
      )}
    </>
  );
}
