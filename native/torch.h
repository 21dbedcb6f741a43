// The C interface over libtorch that Cawb.Torch calls. Everything is owned and counted on the caller's side:
// a tensor handle is one owned reference to a TensorImpl, returned by a call here and given back by cawb_torch_release.
#pragma once

#include <stdint.h>

#if defined(__cplusplus)
extern "C" {
#endif

#define CAWB_EXPORT __attribute__((visibility("default")))

// What the 8 bytes of a value hold. Lists are borrowed for the length of the call when they are arguments.
enum cawb_tag {
    CAWB_NONE = 0,
    CAWB_TENSOR = 1,       // pointer: handle
    CAWB_INT = 2,          // integer
    CAWB_DOUBLE = 3,       // real
    CAWB_BOOL = 4,         // integer, 0 or 1
    CAWB_STRING = 5,       // pointer: UTF-8, count bytes
    CAWB_INT_LIST = 6,     // pointer: int64_t[count]
    CAWB_DOUBLE_LIST = 7,  // pointer: double[count]
    CAWB_BOOL_LIST = 8,    // pointer: uint8_t[count]
    CAWB_TENSOR_LIST = 9,  // pointer: handle[count]; a null handle is "no tensor" where the operator takes Tensor?[]
    CAWB_DEVICE = 10,      // integer: device type * 2^32 + device index (as unsigned 32 bits)
    CAWB_DEFAULT = 11,     // the schema's default
};

typedef struct cawb_value {
    int32_t tag;
    int32_t count;
    union {
        int64_t integer;
        double real;
        void* pointer;
    };
} cawb_value;

typedef struct cawb_meta {
    const int64_t* sizes;    // valid as long as the tensor is and is not resized
    const int64_t* strides;
    void* data;              // first element; null for an empty tensor
    int64_t elements;
    int32_t dimensions;
    int32_t element_type;    // c10::ScalarType
    int32_t device_type;     // c10::DeviceType
    int32_t device_index;
    int32_t requires_grad;
    int32_t is_leaf;
    int32_t is_contiguous;
    int32_t is_channels_last;
} cawb_meta;

typedef struct cawb_operator cawb_operator;

// Functions that can fail return a negative number (or null) and leave a text that cawb_torch_error gives, per thread.
CAWB_EXPORT const char* cawb_torch_error(void);
CAWB_EXPORT const char* cawb_torch_version(void);
CAWB_EXPORT int32_t cawb_torch_has_cuda(void);
CAWB_EXPORT int64_t cawb_torch_live(void);
CAWB_EXPORT int32_t cawb_torch_get_threads(void);
CAWB_EXPORT int32_t cawb_torch_set_threads(int32_t count);
// Keeps that many more OpenMP threads asleep beside those that compute; 0: none. With more threads than processors idle ones go to sleep at once.
CAWB_EXPORT int32_t cawb_torch_set_crowd(int32_t members);
CAWB_EXPORT int32_t cawb_torch_manual_seed(int64_t seed);
CAWB_EXPORT int32_t cawb_torch_set_deterministic(int32_t enabled);
CAWB_EXPORT int32_t cawb_torch_get_grad_mode(void);
CAWB_EXPORT int32_t cawb_torch_set_grad_mode(int32_t enabled);

// Operators live as long as the process.
CAWB_EXPORT cawb_operator* cawb_torch_operator(const char* name, const char* overload);
// Runs an operator. With capacity 0 the results are dropped; else the number of results is returned. A list of tensors among the
// results is an array that cawb_torch_free frees; its handles are the caller's.
CAWB_EXPORT int32_t cawb_torch_call(
    cawb_operator* op, const cawb_value* arguments, int32_t count, cawb_value* results, int32_t capacity);
CAWB_EXPORT void cawb_torch_free(void* memory);

CAWB_EXPORT void cawb_torch_release(void* tensor);
CAWB_EXPORT int32_t cawb_torch_meta(void* tensor, cawb_meta* meta);

CAWB_EXPORT int32_t cawb_torch_set_requires_grad(void* tensor, int32_t value);
// 1 and a new handle, or 0 when there is no gradient.
CAWB_EXPORT int32_t cawb_torch_get_gradient(void* tensor, void** gradient);
CAWB_EXPORT int32_t cawb_torch_set_gradient(void* tensor, void* gradient);
CAWB_EXPORT int32_t cawb_torch_backward(void* root, void* gradient, int32_t retain_graph);

#if defined(__cplusplus)
}
#endif
