export { sendMail, type Mail } from './mail';
export { postWebhook } from './webhook';
