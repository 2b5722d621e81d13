#ifndef TOTSUGO_SHA256_H
#define TOTSUGO_SHA256_H

#include <stddef.h>
#include <stdint.h>

/* A stream of bytes on its way to its SHA-256 (FIPS 180-4). */
typedef struct {
  uint32_t hash[8];
  uint64_t count;
  uint8_t block[64];
} sha256_stream;

void sha256_begin(sha256_stream *stream);
void sha256_update(sha256_stream *stream, const void *bytes, size_t count);
/* Ends the stream. */
void sha256_finish(sha256_stream *stream, uint8_t digest[32]);

/* The same by one way alone, whatever the processor can do: for tests that hold both to each other. Returns 0, and does
   nothing, where the processor has no instructions for it. */
int sha256_of(const void *bytes, size_t count, int by_instructions, uint8_t digest[32]);

#endif
