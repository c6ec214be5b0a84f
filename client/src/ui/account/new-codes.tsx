import { useState } from 'react';
import { useActions } from '../actions-context.ts';
import { Icon } from '../parts/icon.tsx';

/** Recovery codes, the one time they are shown. */
export function NewCodes({ codes }: { codes: readonly string[] }) {
  const { account } = useActions();
  const text = codes.join('\n');
  const [copied, setCopied] = useState('');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied('The codes are copied.');
    } catch {
      setCopied('Your browser does not copy here: write them down, or download them.');
    }
  };
  return (
    <section className="group" aria-label="Your recovery codes">
      <h3>Your recovery codes</h3>
      <p>
        When no passkey is at hand, each of these signs you in once. Keep them where you keep what matters:
        they are not shown again.
      </p>
      <ul className="account-codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <p className="hint" role="status">
        {copied}
      </p>
      <div className="account-row">
        <button type="button" className="button" onClick={copy}>
          <Icon name="copy" size={16} />
          Copy
        </button>
        <a
          className="button"
          download="chatMUX recovery codes.txt"
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${location.host}\n${text}\n`)}`}
        >
          Download
        </a>
        <button type="button" className="button" data-kind="primary" onClick={() => account.forgetCodes()}>
          I have kept them
        </button>
      </div>
    </section>
  );
}
