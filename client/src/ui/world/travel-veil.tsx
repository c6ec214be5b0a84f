import { useApp } from '../../store/store.ts';
import { travelWords } from '../words/place-name.ts';

/** Closes softly over the world while we are on the way to another, and says where to. */
export function TravelVeil() {
  const travelling = useApp((state) => state.travelling);
  return (
    <div className="travel-veil" data-on={travelling !== undefined}>
      <p role="status">{travelling !== undefined && travelWords(travelling)}</p>
    </div>
  );
}
