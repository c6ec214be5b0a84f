import type { Friend } from '@chatmux/schema';
import { useRef, useState } from 'react';
import { useApp } from '../../../store/store.ts';
import { Sure } from '../../account/sure.tsx';
import { useActions } from '../../actions-context.ts';
import { friendWords } from '../../words/friend-words.ts';
import { FriendButton } from './friend-button.tsx';
import { FriendLine } from './friend-line.tsx';

/** A friend: where they are, the way there, and the end of it. */
export function FriendRow({ friend }: { friend: Friend }) {
  const { friends: does, goToFriend } = useActions();
  const world = useApp((state) => state.world?.id);
  const copy = useApp((state) => state.copy);
  const [open, setOpen] = useState<'menu' | 'remove' | 'block'>();
  const more = useRef<HTMLButtonElement>(null);
  const { name, place, state } = friend;
  const isHere = place !== undefined && place.world === world && place.copy === copy;
  const close = () => {
    setOpen(undefined);
    more.current?.focus();
  };
  const below = open === 'menu' && (
    <div className="person-menu">
      <FriendButton onClick={() => setOpen('remove')}>Remove {name} from your friends</FriendButton>
      <FriendButton onClick={() => setOpen('block')}>Block {name}</FriendButton>
    </div>
  );
  const removes = open === 'remove' && (
    <Sure
      button={FriendButton}
      question={`Remove ${name} from your friends?`}
      yes="Remove"
      no="Stay friends"
      onYes={() => void does.remove(friend)}
      onNo={close}
    >
      <p>{name} is not told. To be friends again, one of you has to ask.</p>
    </Sure>
  );
  const blocks = open === 'block' && (
    <Sure
      button={FriendButton}
      question={`Block ${name}?`}
      yes="Block"
      no="Stay friends"
      onYes={() => void does.block(friend)}
      onNo={close}
    >
      <p>
        You and {name} will not hear each other, nor see each other’s video, nor find each other, in any
        world, and are no friends any more. You can unblock them here at any time.
      </p>
    </Sure>
  );
  return (
    <FriendLine
      somebody={friend}
      state={friendWords(friend, isHere)}
      faint={state === 'offline'}
      below={below || removes || blocks}
    >
      {place && (
        <FriendButton label={`Go there, to ${name}`} onClick={() => goToFriend(friend)}>
          Go there
        </FriendButton>
      )}
      <FriendButton
        ref={more}
        label={`More about ${name}`}
        expanded={open !== undefined}
        onClick={() => setOpen(open ? undefined : 'menu')}
      >
        More
      </FriendButton>
    </FriendLine>
  );
}
