import { checkStatus, type Library } from "./library.ts";
import { cString, notNull, type Pointer, readCString } from "./memory.ts";

/** A device that TensorFlow can compute on. */
export interface Device {
  /** Full name, such as "/job:localhost/replica:0/task:0/device:GPU:0". */
  readonly name: string;
  /** Kind of device, such as "CPU" or "GPU". */
  readonly type: string;
  /** Memory that TensorFlow may use there, in bytes. */
  readonly memoryBytes: number;
}

/** An eager context of TensorFlow and its devices. */
export interface Context {
  readonly pointer: Pointer;
  readonly devices: readonly Device[];
  /** Where ops run: the first GPU, else the CPU. */
  readonly device: Device;
}

/**
 * `ConfigProto { gpu_options { allow_growth: true } }`, serialised: GPU memory
 * is taken as it is needed, so that others on the same GPU have room.
 */
const CONFIG = Uint8Array.of(0x32, 0x02, 0x20, 0x01);

/** Starts an eager context. */
export function newContext(library: Library): Context {
  const { symbols, status } = library;
  const options = notNull(symbols.TFE_NewContextOptions(), "options");
  symbols.TFE_ContextOptionsSetConfig(
    options,
    CONFIG,
    BigInt(CONFIG.length),
    status,
  );
  checkStatus(library, "Configuring TensorFlow");
  const context = symbols.TFE_NewContext(options, status);
  symbols.TFE_DeleteContextOptions(options);
  checkStatus(library, "Starting TensorFlow");
  const pointer = notNull(context, "a context");
  const devices = listDevices(library, pointer);
  const device = devices.find(({ type }) => type === "GPU") ??
    devices.find(({ type }) => type === "CPU");
  if (device === undefined) {
    throw new Error("Expected TensorFlow to list a CPU or a GPU");
  }
  return { pointer, devices, device };
}

function listDevices(library: Library, context: Pointer): Device[] {
  const { symbols, status } = library;
  const list = symbols.TFE_ContextListDevices(context, status);
  checkStatus(library, "Listing TensorFlow's devices");
  try {
    const count = symbols.TF_DeviceListCount(list);
    return Array.from({ length: count }, (_, i) => ({
      name: readCString(symbols.TF_DeviceListName(list, i, status)),
      type: readCString(symbols.TF_DeviceListType(list, i, status)),
      memoryBytes: Number(symbols.TF_DeviceListMemoryBytes(list, i, status)),
    }));
  } finally {
    symbols.TF_DeleteDeviceList(list);
  }
}

/**
 * Moves a tensor to a device once, so that ops do not copy it at each use. The
 * handle given is deleted; on the device it is already on, nothing is copied.
 */
export function moveToDevice(
  library: Library,
  { pointer, device }: Context,
  handle: Pointer,
): Pointer {
  const { symbols, status } = library;
  const moved = symbols.TFE_TensorHandleCopyToDevice(
    handle,
    pointer,
    cString(device.name),
    status,
  );
  symbols.TFE_DeleteTensorHandle(handle);
  checkStatus(library, `Copying a tensor to ${device.name}`);
  return notNull(moved, "a tensor on the device");
}
