import { useRef } from 'react';
import { placeHash } from '../../store/place-address.ts';
import { toast, useApp } from '../../store/store.ts';
import { Icon } from '../parts/icon.tsx';
import { shareWords } from '../words/place-name.ts';

/** The address to pass on: it leads to the world and the copy we are in. A kind word for the first one here. */
export function ShareAddress() {
  const field = useRef<HTMLInputElement>(null);
  const alone = useApp((state) => Object.keys(state.people).length <= 1);
  const world = useApp((state) => state.world);
  const copyNumber = useApp((state) => state.copy);
  // What stands between the page and the place (as `?inspect`) is one's own affair.
  const place = world ? placeHash({ world: world.id, copy: copyNumber }) : '';
  const address = `${location.origin}${location.pathname}${place}`;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      toast('The address is copied.', 'good');
    } catch {
      // Pages without https have no clipboard: select the address, so that one key press copies it.
      field.current?.select();
      toast('Your browser lets you copy it yourself: it is selected.');
    }
  };
  return (
    <div className="share">
      <p>{shareWords(alone, copyNumber)}</p>
      <div className="share-row">
        <input ref={field} className="input" readOnly value={address} aria-label="Address of this page" />
        <button type="button" className="button" onClick={copy}>
          <Icon name="copy" size={16} />
          Copy
        </button>
      </div>
    </div>
  );
}
