import { createAskApi } from '../account/account-api.ts';
import { createOrder, type OrderActions } from '../order/order.ts';
import { NO_ORDER } from '../store/order.ts';
import { keepsOrder } from '../store/own-role.ts';
import { patch, store } from '../store/store.ts';

/** Others keep order, too: while somebody looks at it, it is asked for again this often, in milliseconds. */
const AGAIN_MS = 10_000;

/** Keeps the store's order as the server has it, while its panel is open. */
export function keepOrder(): OrderActions {
  const order = createOrder({
    ask: createAskApi(),
    where: () => store.getState().world?.id,
    onChange: (change) => patch('order', change),
  });
  let timer: ReturnType<typeof setInterval> | undefined;

  store.subscribe((state, before) => {
    const { panel, world } = state;
    const isOpen = panel === 'order';
    const wasOpen = before.panel === 'order';
    // Whoever keeps order no more is shown none of it.
    if (isOpen && !keepsOrder(state)) {
      store.setState({ panel: 'none' });
      return;
    }
    if (isOpen === wasOpen && world?.id === before.world?.id) return;
    clearInterval(timer);
    store.setState({ order: NO_ORDER });
    if (!isOpen) return;
    void order.load();
    timer = setInterval(() => void order.load(), AGAIN_MS);
  });
  return order;
}
