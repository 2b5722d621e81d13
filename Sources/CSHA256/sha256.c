/* SHA-256 as FIPS 180-4 has it: by the processor's instructions where it has them, else by the standard's own steps. */
#include "sha256.h"

#include <string.h>

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
static const uint32_t constants[64] __attribute__((aligned(16))) = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

/* Those of the square roots of the first eight (5.3.3). */
static const uint32_t initial[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

typedef void (*blocks_function)(uint32_t hash[8], const uint8_t *bytes, size_t blocks);

static uint32_t rotated(uint32_t word, int bits) { return word >> bits | word << (32 - bits); }

static void blocks_by_steps(uint32_t hash[8], const uint8_t *bytes, size_t blocks) {
  for (; blocks > 0; blocks--, bytes += 64) {
    uint32_t w[64];
    for (int t = 0; t < 16; t++)
      w[t] = (uint32_t)bytes[4 * t] << 24 | (uint32_t)bytes[4 * t + 1] << 16 | (uint32_t)bytes[4 * t + 2] << 8 |
             bytes[4 * t + 3];
    for (int t = 16; t < 64; t++) {
      uint32_t early = rotated(w[t - 15], 7) ^ rotated(w[t - 15], 18) ^ w[t - 15] >> 3;
      uint32_t late = rotated(w[t - 2], 17) ^ rotated(w[t - 2], 19) ^ w[t - 2] >> 10;
      w[t] = late + w[t - 7] + early + w[t - 16];
    }
    uint32_t a = hash[0], b = hash[1], c = hash[2], d = hash[3];
    uint32_t e = hash[4], f = hash[5], g = hash[6], h = hash[7];
    for (int t = 0; t < 64; t++) {
      uint32_t one = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & f) ^ (~e & g)) + constants[t] + w[t];
      uint32_t two = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g, g = f, f = e, e = d + one;
      d = c, c = b, b = a, a = one + two;
    }
    hash[0] += a, hash[1] += b, hash[2] += c, hash[3] += d;
    hash[4] += e, hash[5] += f, hash[6] += g, hash[7] += h;
  }
}

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>

/* Whether the processor has SHA, SSSE3 and SSE4.1. */
static int has_instructions(void) {
  unsigned a, b, c, d;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_SSSE3) || !(c & bit_SSE4_1)) return 0;
  return __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_SHA);
}

__attribute__((target("sha,ssse3,sse4.1"))) static void blocks_by_instructions(
    uint32_t hash[8], const uint8_t *bytes, size_t blocks) {
  /* The instructions want the words a b e f and c d g h, and words with their high byte first. */
  const __m128i turn = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i dcba = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)hash), 0xb1);
  __m128i hgfe = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(hash + 4)), 0x1b);
  __m128i abef = _mm_alignr_epi8(dcba, hgfe, 8);
  __m128i cdgh = _mm_blend_epi16(hgfe, dcba, 0xf0);
  for (; blocks > 0; blocks--, bytes += 64) {
    __m128i w[4], abef_before = abef, cdgh_before = cdgh;
#pragma clang loop unroll(full)
    for (int step = 0; step < 16; step++) {
      if (step < 4) {
        w[step] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(bytes + 16 * step)), turn);
      } else {
        __m128i early = _mm_sha256msg1_epu32(w[step & 3], w[(step + 1) & 3]);
        __m128i sum = _mm_add_epi32(early, _mm_alignr_epi8(w[(step + 3) & 3], w[(step + 2) & 3], 4));
        w[step & 3] = _mm_sha256msg2_epu32(sum, w[(step + 3) & 3]);
      }
      __m128i keyed = _mm_add_epi32(w[step & 3], _mm_load_si128((const __m128i *)(constants + 4 * step)));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, keyed);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(keyed, 0x0e));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
  __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128((__m128i *)hash, _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128((__m128i *)(hash + 4), _mm_alignr_epi8(dchg, feba, 8));
}
#else
static int has_instructions(void) { return 0; }
#define blocks_by_instructions blocks_by_steps
#endif

/* Asked once; two threads that ask at once find the same. */
static blocks_function fastest(void) {
  static blocks_function found;
  blocks_function known = __atomic_load_n(&found, __ATOMIC_RELAXED);
  if (!known) {
    known = has_instructions() ? blocks_by_instructions : blocks_by_steps;
    __atomic_store_n(&found, known, __ATOMIC_RELAXED);
  }
  return known;
}

void sha256_begin(sha256_stream *stream) {
  memcpy(stream->hash, initial, sizeof initial);
  stream->count = 0;
}

static void update(sha256_stream *stream, const uint8_t *bytes, size_t count, blocks_function blocks) {
  size_t held = stream->count & 63;
  stream->count += count;
  if (held > 0) {
    size_t part = count < 64 - held ? count : 64 - held;
    memcpy(stream->block + held, bytes, part);
    if (held + part < 64) return;
    blocks(stream->hash, stream->block, 1);
    bytes += part;
    count -= part;
  }
  blocks(stream->hash, bytes, count / 64);
  if (count & 63) memcpy(stream->block, bytes + (count & ~(size_t)63), count & 63);
}

static void finish(sha256_stream *stream, uint8_t digest[32], blocks_function blocks) {
  /* A bit, zeros, and the length in bits: one block, or two where it does not fit. */
  size_t held = stream->count & 63;
  uint8_t end[128] = {0};
  memcpy(end, stream->block, held);
  end[held] = 0x80;
  size_t length = held < 56 ? 64 : 128;
  uint64_t bits = stream->count << 3;
  for (int i = 0; i < 8; i++) end[length - 1 - i] = (uint8_t)(bits >> (8 * i));
  blocks(stream->hash, end, length / 64);
  for (int i = 0; i < 32; i++) digest[i] = (uint8_t)(stream->hash[i / 4] >> (24 - 8 * (i % 4)));
}

void sha256_update(sha256_stream *stream, const void *bytes, size_t count) {
  if (count > 0) update(stream, bytes, count, fastest());
}

void sha256_finish(sha256_stream *stream, uint8_t digest[32]) { finish(stream, digest, fastest()); }

int sha256_of(const void *bytes, size_t count, int by_instructions, uint8_t digest[32]) {
  if (by_instructions && !has_instructions()) return 0;
  blocks_function blocks = by_instructions ? blocks_by_instructions : blocks_by_steps;
  sha256_stream stream;
  sha256_begin(&stream);
  if (count > 0) update(&stream, bytes, count, blocks);
  finish(&stream, digest, blocks);
  return 1;
}
