const words = 'the venue is booked for Friday and the caterer has confirmed that lunch is served at noon';

/** What the upstream answers, a piece a token, as models send it: about as long as a short real answer. */
export const answerPieces: readonly string[] = Array.from({ length: 6 }, () => words.split(' '))
  .flat()
  .map((word, index) => (index === 0 ? word : ` ${word}`));

export const answerText = answerPieces.join('');
