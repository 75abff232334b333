import { describe, expect, it } from '@jest/globals';
import { shownUrl, WebhookUrlRules } from './webhook-url.js';

describe('WebhookUrlRules', () => {
  const production = new WebhookUrlRules({ environment: 'production' });
  const development = new WebhookUrlRules({ environment: 'development', webhookAllowedNetworks: ['127.0.0.0/8'] });

  it.each([
    'https://hooks.example.com/services/T0/B0/x',
    'https://hooks.example.com:8443/',
    'https://8.8.8.8/hook',
    'https://[2606:4700:4700::1111]/hook',
  ])('takes %s in production', (url) => expect(production.faultOf(url)).toBeUndefined());

  it.each([
    ['http://hooks.example.com/', /https/],
    ['ftp://hooks.example.com/', /https/],
    ['file:///etc/passwd', /https/],
    ['gopher://127.0.0.1:6379/_FLUSHALL', /https/],
    ['hooks.example.com', /URL/],
    ['https://', /URL/],
    ['https://user@hooks.example.com/', /user/],
    ['https://user:pass@hooks.example.com/', /user/],
    ['https://hooks.example.com:80/', /port/],
    ['https://hooks.example.com:22/', /port/],
    ['https://127.0.0.1/', /public/],
    ['https://127.1/', /public/],
    ['https://0x7f000001/', /public/],
    ['https://017700000001/', /public/],
    ['https://2130706433/', /public/],
    ['https://①②⑦.0.0.1/', /public/],
    ['https://169.254.169.254/latest/meta-data/', /public/],
    ['https://[::1]/', /public/],
    ['https://[::ffff:127.0.0.1]/', /public/],
    ['https://[64:ff9b::a00:1]/', /public/],
    ['https://[fe80::1]/', /public/],
  ])('refuses %s in production', (url, reason) => expect(production.faultOf(url)).toMatch(reason));

  it('takes http, any port and allowed networks in development', () => {
    expect(development.faultOf('http://127.0.0.1:4711/hook')).toBeUndefined();
    expect(development.faultOf('http://10.0.0.1:4711/hook')).toMatch(/public/);
    expect(development.faultOf('ftp://127.0.0.1/')).toMatch(/https/);
  });
});

describe('shownUrl', () => {
  it('shows the origin and hides the rest', () => {
    expect(shownUrl('https://hooks.example.com')).toBe('https://hooks.example.com');
    expect(shownUrl('https://hooks.example.com:8443/services/T0/secret')).toBe('https://hooks.example.com:8443/…');
    expect(shownUrl('https://hooks.example.com/?sig=secret')).toBe('https://hooks.example.com/…');
  });
});
