import type { NextConfig } from 'next';

const config: NextConfig = {
  reactStrictMode: true,
  // This project stands inside of another one.
  turbopack: { root: import.meta.dirname },
};

export default config;
