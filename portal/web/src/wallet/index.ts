export { message, type Message } from "./message";
export { send, useSend, type SendOptions } from "./send";
export { useAccount, type Account } from "./state";
