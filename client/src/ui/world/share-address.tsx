import { useRef } from 'react';
import { toast } from '../../store/store.ts';
import { Icon } from '../parts/icon.tsx';

/** For the first one here: a kind word and the address to pass on. */
export function ShareAddress() {
  const address = useRef<HTMLInputElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      toast('The address is copied.', 'good');
    } catch {
      // Pages without https have no clipboard: select the address, so that one key press copies it.
      address.current?.select();
      toast('Your browser lets you copy it yourself: it is selected.');
    }
  };
  return (
    <div className="share">
      <p>You're the first one here. Share the address of this page to bring people in.</p>
      <div className="share-row">
        <input
          ref={address}
          className="input"
          readOnly
          value={location.href}
          aria-label="Address of this page"
        />
        <button type="button" className="button" onClick={copy}>
          <Icon name="copy" size={16} />
          Copy
        </button>
      </div>
    </div>
  );
}
