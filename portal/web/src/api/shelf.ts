/** Values under names that outlive the page. */
export interface Shelf<T> {
  get: (name: string) => Promise<T | undefined>;
  put: (name: string, value: T) => Promise<void>;
  delete: (name: string) => Promise<void>;
  names: () => Promise<string[]>;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("the browser's store failed"));
  });
}

const store = "values";

function open(database: string): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store);
  return done(request);
}

/** A shelf in IndexedDB, in a database of its own: "alaya.drafts". Values are cloned: bytes and dates are fine. */
export function openShelf<T>(database: string): Shelf<T> {
  let opened: Promise<IDBDatabase> | undefined;
  const run = async <R>(mode: IDBTransactionMode, act: (values: IDBObjectStore) => IDBRequest<R>): Promise<R> => {
    opened ??= open(database);
    opened.catch(() => (opened = undefined));
    const transaction = (await opened).transaction(store, mode, { durability: "strict" });
    return done(act(transaction.objectStore(store)));
  };
  return {
    get: (name) => run("readonly", (values) => values.get(name) as IDBRequest<T | undefined>),
    put: async (name, value) => void (await run("readwrite", (values) => values.put(value, name))),
    delete: (name) => run("readwrite", (values) => values.delete(name)),
    names: async () => (await run("readonly", (values) => values.getAllKeys())).map(String),
  };
}

/** A shelf that lasts as long as the page: for tests. */
export function memoryShelf<T>(): Shelf<T> {
  const values = new Map<string, T>();
  return {
    get: (name) => Promise.resolve(values.get(name)),
    put: (name, value) => Promise.resolve(void values.set(name, structuredClone(value))),
    delete: (name) => Promise.resolve(void values.delete(name)),
    names: () => Promise.resolve([...values.keys()]),
  };
}
