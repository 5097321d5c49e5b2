/* The memory that both parts of the module work in. */
#include <stdint.h>

typedef uint8_t u8;
typedef uint32_t u32;

#define BEFORE_BYTES (32 * 1024)
#define PIECE_BYTES (1024 * 1024)
#define OUTPUT_BYTES (PIECE_BYTES + 64 * 1024)
/* How many places one search gives at most. */
#define PLACES 4096

#define EXPORT(name) __attribute__((export_name(#name)))

/* The 32 KiB before the data are what it may refer to; words are read past the end. */
extern u8 input[BEFORE_BYTES + PIECE_BYTES + 64];
