// Loaded into commands and servers before their own code: when the process that started them is gone (even by
// kill -9), they go too, in their orderly way, instead of holding the ports.
import process from 'node:process';

process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'));
// Listening would otherwise keep a command alive that has nothing left to do.
process.channel?.unref();
