/** Written by `npm run email:layout` of scripts/email/email-layout.tsx: change it there. */
export const EMAIL_FRAME = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html dir="ltr" lang="@@locale@@"><head><meta name="viewport" content="width=device-width, initial-scale=1"/><meta content="text/html; charset=UTF-8" http-equiv="Content-Type"/><meta name="x-apple-disable-message-reformatting"/><title>@@title@@</title><meta name="color-scheme" content="light dark"/><meta name="supported-color-schemes" content="light dark"/><style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
.content p, .content ul, .content ol { margin: 0 0 16px; }
.content h1, .content h2, .content h3 { margin: 0 0 12px; line-height: 1.3; }
.content a { color: #3d46c2; }
.content img { max-width: 100%; height: auto; }
@media (max-width: 600px) {
  .card { padding: 20px !important; border-radius: 0 !important; }
  .page > table > tbody > tr > td { padding: 0 !important; }
}
@media (prefers-color-scheme: dark) {
  .page, .page > table > tbody > tr > td { background-color: #16171d !important; }
  .card { background-color: #1f2129 !important; border-color: #343744 !important; }
  .brand, .content { color: #e8e9ef !important; }
  .content a { color: #aab1ff !important; }
}
</style></head><body class="page" style="background-color:#f4f5f7;margin:0;padding:0"><table border="0" width="100%" cellPadding="0" cellSpacing="0" role="presentation" align="center"><tbody><tr><td style="margin:0;padding:24px 12px;background-color:#f4f5f7;font-family:-apple-system, &#x27;Segoe UI&#x27;, Roboto, Helvetica, Arial, sans-serif"><table align="center" width="100%" class="card" border="0" cellPadding="0" cellSpacing="0" role="presentation" style="max-width:560px;padding:28px;border-radius:12px;border:1px solid #e3e5ea;background-color:#ffffff"><tbody><tr style="width:100%"><td><p class="brand" style="font-size:16px;line-height:24px;margin:0 0 20px;color:#1b1d24;font-weight:600;margin-top:0;margin-right:0;margin-bottom:20px;margin-left:0">@@brand@@</p><table align="center" width="100%" border="0" cellPadding="0" cellSpacing="0" role="presentation" class="content" style="color:#1b1d24;font-size:15px;line-height:1.55"><tbody><tr><td>@@content@@</td></tr></tbody></table></td></tr></tbody></table></td></tr></tbody></table></body></html>`;
