/** Whether there is a process of this number, of whichever user. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: a process of another user, which is alive all the same.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};
