/**
 * The document around a mail's body, in place of MJML's own. It leaves out what MJML
 * has for columns side by side, pictures without a size, Outlook 2003 and Internet
 * Explorer: these mails have none of them, and each mail would carry it.
 */
module.exports = ({ lang, dir, title, style, content }) => `<!doctype html>
<html lang="${lang}" dir="${dir}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no, date=no, address=no, email=no, url=no">
<!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript>
<style>td, p, a { font-family: Arial, sans-serif }</style><![endif]-->
<style>
body { margin: 0; padding: 0; -webkit-text-size-adjust: 100% }
table, td { border-collapse: collapse; mso-table-lspace: 0pt; mso-table-rspace: 0pt }
${style.join("\n")}
</style>
</head>
${content}
</html>
`
