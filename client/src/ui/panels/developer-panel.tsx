import { useEffect, useState } from 'react';
import type { Actions } from '../../app/actions.ts';
import { useActions } from '../actions-context.ts';
import { Panel } from './panel.tsx';

const REFRESH_MS = 500;

type Fact = ReturnType<Actions['inspect']>[number];

/** Facts about what runs, twice a second while it is open. */
export function DeveloperPanel() {
  const actions = useActions();
  const [facts, setFacts] = useState(() => actions.inspect());
  useEffect(() => {
    const timer = setInterval(() => setFacts(actions.inspect()), REFRESH_MS);
    return () => clearInterval(timer);
  }, [actions]);
  const groups = Map.groupBy(facts, (fact: Fact) => fact.group);
  return (
    <Panel title="For developers" takesFocus>
      {[...groups].map(([group, rows]) => (
        <table className="facts" key={group}>
          <caption>{group}</caption>
          <tbody>
            {rows.map((fact) => (
              <tr key={fact.label}>
                <th scope="row">{fact.label}</th>
                <td>{fact.value}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
      {facts.length === 0 && <p className="hint">Nothing to tell yet.</p>}
    </Panel>
  );
}
