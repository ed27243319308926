// Runs cases one after the other. The result of each name is null or the reason of the failure.
const LIMIT_MILLIS = 10_000;

export async function runCases({ list, end }, results = {}) {
  for (const [name, run] of list) {
    let timer;
    const late = new Promise((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`not done in ${LIMIT_MILLIS / 1000} s`)), LIMIT_MILLIS);
    });
    try {
      await Promise.race([run(), late]);
      results[name] = null;
    } catch (error) {
      results[name] = error.message ?? String(error);
    } finally {
      clearTimeout(timer);
      end();
    }
  }
  return results;
}
