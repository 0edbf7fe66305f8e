// For functions that are loops over plain arrays: compiled twice, for every x86-64 and for one with
// AVX2, and chosen when the program starts. Nothing under sanitizers and on other machines.
#pragma once

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define REGULARS_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(undefined_behavior_sanitizer)
#define REGULARS_SANITIZED 1
#endif
#endif

#if defined(__x86_64__) && defined(__linux__) && !defined(REGULARS_SANITIZED)
#define REGULARS_VECTORIZED __attribute__((target_clones("avx2", "default")))
#else
#define REGULARS_VECTORIZED
#endif
