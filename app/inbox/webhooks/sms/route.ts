/** R405, R406: the address that existing Twilio consoles hold. */
export { POST } from "@/app/api/webhooks/twilio/route";
