interface ImportMetaEnv {
  readonly VITE_FUNCTIONS_URL?: string;
}
